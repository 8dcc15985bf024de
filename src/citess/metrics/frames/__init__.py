"""Plans of readers on data frames, through narwhals.

Every plan has one normal form: project, group by with plain aggregates of columns, project. The
grouping is in one place (``_plan.grouped``), since narwhals 2.29 gives wrong numbers in silence on
pandas and PyArrow for a condition inside ``agg``.
"""
