"""Intervals to the last digits: values of scipy 1.17 and statsmodels 0.15, and worked by hand."""

import math
from random import Random
from statistics import NormalDist, mean

import numpy as np
import pytest

from citess.metrics._resampling import content_seed
from citess.metrics._special import (
    beta_quantile,
    beta_share,
    gamma_quantile,
    gamma_rest,
    gamma_share,
)
from citess.metrics.intervals import (
    bca_bootstrap,
    clopper_pearson,
    garwood,
    katz,
    newcombe,
    sison_glaz,
    wilson,
    z_score,
)
from citess.metrics.tests_of_chance import (
    benjamini_hochberg,
    bonferroni,
    chi_square_p,
    hypergeometric_p,
    normal_p,
    randomisation,
)

VALUES = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]


def near(expected, rel=1e-12):
    return pytest.approx(expected, rel=rel, abs=1e-300)


def ends(interval):
    return (interval.low, interval.high)


@pytest.mark.parametrize(
    ("x", "a", "b", "share"),
    [
        (-0.1, 2, 3, 0.0),
        (0.1, 2, 3, 0.0523),
        (3 / 7, 2, 3, 0.5735110370678884),
        (0.5, 2, 3, 0.6875),
        (0.9, 2, 3, 0.9963),
        (1.1, 2, 3, 1.0),
        (0.3, 0.5, 0.5, 0.36901011956554536),
        (0.3, 1, 1, 0.3),
        (0.25, 40, 120, 0.5121512094175166),
        (0.02, 1, 300, 0.9976674943320486),
        (0.7, 5, 1.5, 0.29180564480614557),
        (1e-9, 2, 2, 2.9999999980000005e-18),
    ],
)
def test_shares_of_a_beta_distribution(x, a, b, share):
    assert near(share, 1e-11) == beta_share(x, a, b)


@pytest.mark.parametrize(
    ("x", "a", "below", "above"),
    [
        (0.5, 3, 0.014387677966970684, 0.9856123220330293),
        (3.999, 3, 0.7617501327010161, 0.23824986729898395),
        (4, 3, 0.7618966944464556, 0.23810330555354436),
        (9, 3, 0.9937678048936227, 0.006232195106377317),
        (0.1, 0.5, 0.34527915398142317, 0.6547208460185768),
        (1.5, 0.5, 0.9167354833364496, 0.08326451666355042),
        (30, 20, 0.9781265315586091, 0.02187346844139091),
        (1e-8, 1, 9.999999949999975e-09, 0.9999999900000001),
        (80, 20, 0.9999999999999997, 2.790572150042062e-16),
    ],
)
def test_shares_of_a_gamma_distribution(x, a, below, above):
    assert near(below) == gamma_share(x, a)
    assert near(above) == gamma_rest(x, a)


def test_values_below_which_a_share_lies():
    assert near(0.3475471499400027) == beta_quantile(0.025, 7, 4)
    assert near(0.8784477418801728) == beta_quantile(0.975, 7, 4)
    assert near(0.07412528771270957) == beta_quantile(0.5, 1, 9)
    assert near(4.7953886961324335) == gamma_quantile(0.025, 10)
    assert near(18.39035604201778) == gamma_quantile(0.975, 11)
    assert near(0.227468211559786) == gamma_quantile(0.5, 0.5)
    assert near(62.41961200788239) == gamma_quantile(0.999, 40)


@pytest.mark.parametrize(
    ("k", "n", "level", "score", "exact"),
    [
        (7, 10, 0.95, (0.39677814746114537, 0.8922087325936989),
         (0.34754714994000274, 0.9332604888222655)),
        (1, 20, 0.95, (0.008881448800795402, 0.23613119344674205),
         (0.0012650894979498047, 0.24873276277202777)),
        (0, 20, 0.95, (0.0, 0.1611251580528194), (0.0, 0.16843347098308534)),
        (10, 10, 0.95, (0.7224672001371107, 1.0), (0.6915028921812392, 1.0)),
        (3, 8, 0.9, (0.1611723377606734, 0.6520085615952674),
         (0.1111127066076292, 0.7107591834981907)),
        (29, 30, 0.99, (0.7682242835618251, 0.9960743114346045),
         (0.7772489349755662, 0.9998329292304242)),
    ],
)  # fmt: skip
def test_intervals_of_a_share(k, n, level, score, exact):
    assert near(score) == ends(wilson(k, n, level))
    assert near(exact) == ends(clopper_pearson(k, n, level))
    assert ("wilson", level) == (wilson(k, n, level).method, wilson(k, n, level).level)
    found = clopper_pearson(k, n, level)
    assert ("clopper-pearson", level) == (found.method, found.level)


@pytest.mark.parametrize(
    ("counts", "level", "expected"),
    [
        ((56, 70, 48, 80), 0.95, (0.05243147240236498, 0.333872654036906)),
        ((9, 10, 3, 10), 0.9, (0.24211240088494457, 0.7896235073721287)),
        ((5, 56, 0, 29), 0.95, (-0.03813714790353688, 0.19256001385511162)),
    ],
)
def test_intervals_of_a_difference(counts, level, expected):
    found = newcombe(*counts, level)
    assert near(expected) == ends(found)
    assert ("newcombe", level) == (found.method, found.level)


@pytest.mark.parametrize(
    ("counts", "level", "expected"),
    [
        ((120, 5000, 80, 5200), 0.95, (1.1787630491699221, 2.06453706002553)),
        ((3, 10, 6, 10), 0.9, (0.20309719613456012, 1.2309377222242146)),
        ((10, 10, 3, 10), 0.95, (1.2933299565234473, 8.591087722871961)),
        ((5, 10, 10, 10), 0.95, (0.2690273550635448, 0.9292735303476835)),
    ],
)
def test_intervals_of_a_ratio(counts, level, expected):
    found = katz(*counts, level)
    assert near(expected, 1e-9) == ends(found)
    assert ("katz", level) == (found.method, found.level)


def half_added(a, n, b, m, z):
    middle = math.log(((a + 0.5) / (n + 1)) / ((b + 0.5) / (m + 1)))
    spread = 1 / (a + 0.5) - 1 / (n + 1) + 1 / (b + 0.5) - 1 / (m + 1)
    return math.exp(middle - z * math.sqrt(spread)), math.exp(middle + z * math.sqrt(spread))


def test_intervals_of_a_ratio_to_which_a_half_is_added():
    z = NormalDist().inv_cdf(0.975)
    none = katz(0, 10, 3, 12)
    assert (0.0, near(half_added(0, 10, 3, 12, z)[1])) == ends(none)
    every = katz(10, 10, 8, 8)
    assert near(half_added(10, 10, 8, 8, z)) == ends(every)
    assert {"katz, half added"} == {none.method, every.method}
    assert "katz" == katz(10, 10, 7, 8).method


@pytest.mark.parametrize(
    ("events", "exposure", "level", "expected"),
    [
        (10, 200, 0.95, (0.023976943480662167, 0.09195178021008889)),
        (0, 1, 0.95, (0.0, 3.6888794541139354)),
        (3, 2, 0.9, (0.40884572358197663, 3.8768282639663627)),
    ],
)
def test_intervals_of_a_rate(events, exposure, level, expected):
    found = garwood(events, exposure, level)
    assert near(expected) == ends(found)
    assert ("garwood", level) == (found.method, found.level)


@pytest.mark.parametrize(
    ("counts", "level", "expected"),
    [
        ((30, 10, 5), 0.95, ((25 / 45, 0.816824698732452), (5 / 45, 0.3723802542880076),
                             (0.0, 0.2612691431768964))),
        ((30, 10, 5), 0.9, ((25 / 45, 0.7803661404231393), (5 / 45, 0.33592169597869487),
                            (0.0, 0.22481058486758376))),
        ((5, 0, 3), 0.95, ((0.375, 0.9662019149723563), (0.0, 0.3412019149723563),
                           (0.125, 0.7162019149723563))),
        ((1, 2, 3, 4), 0.95, ((0.0, 0.4794961962078663), (0.0, 0.5794961962078664),
                              (0.1, 0.6794961962078663), (0.2, 0.7794961962078664))),
        ((0, 4), 0.95, ((0.0, 0.4206530128302818), (1.0, 1.0))),
        ((1, 1), 0.95, ((0.5, 1.0), (0.5, 1.0))),
        ((56, 72, 73, 59, 62, 87, 58), 0.95, (
            (0.07922912205567452, 0.16435573404025774), (0.11349036402569593, 0.19861697601027917),
            (0.11563169164882225, 0.2007583036334055), (0.08565310492505354, 0.17077971690963678),
            (0.09207708779443255, 0.1772036997790158), (0.145610278372591, 0.23073689035717423),
            (0.08351177730192719, 0.16863838928651043))),
    ],
)  # fmt: skip
def test_simultaneous_intervals_of_shares(counts, level, expected):
    found = sison_glaz(counts, level)
    assert [pytest.approx(one, abs=1e-10) for one in expected] == [ends(one) for one in found]
    assert {("sison-glaz", level)} == {(one.method, one.level) for one in found}


def test_half_widths_of_a_normal_interval():
    assert near(1.959963984540054) == z_score()
    assert near(0.6744897501960817) == z_score(0.5)
    for level in (0, 1, -0.5, 1.5, math.nan):
        with pytest.raises(ValueError, match="level is between 0 and 1"):
            z_score(level)
        for of in (clopper_pearson, wilson):
            with pytest.raises(ValueError, match="level is between 0 and 1"):
                of(1, 2, level)
        with pytest.raises(ValueError, match="level is between 0 and 1"):
            garwood(1, 2, level)
        with pytest.raises(ValueError, match="level is between 0 and 1"):
            sison_glaz([1, 2], level)
        with pytest.raises(ValueError, match="level is between 0 and 1"):
            bca_bootstrap([1, 2], mean, level=level)


def by_the_book(blocks, seed, resamples, level):
    """Efron's interval of a mean, written down again with numpy."""
    normal, random = NormalDist(), Random(seed)
    drawn = [
        mean(x for block in random.choices(blocks, k=len(blocks)) for x in block)
        for _ in range(resamples)
    ]
    estimate = mean(x for block in blocks for x in block)
    ties = sum(value == estimate for value in drawn)
    below = (sum(value < estimate for value in drawn) + ties / 2) / resamples
    bias = normal.inv_cdf(float(below))
    left = np.array(
        [mean(x for b in blocks[:k] + blocks[k + 1 :] for x in b) for k in range(len(blocks))]
    )
    apart = left.mean() - left
    skew = np.sum(apart**3) / (6 * np.sum(apart**2) ** 1.5)
    places = []
    for share in ((1 - level) / 2, (1 + level) / 2):
        z = bias + normal.inv_cdf(share)
        places.append(normal.cdf(float(bias + z / (1 - skew * z))))
    return tuple(float(np.quantile(drawn, place)) for place in places)


@pytest.mark.parametrize(("resamples", "level"), [(200, 0.95), (333, 0.8), (2000, 0.99)])
def test_the_bootstrap_by_the_book(resamples, level):
    found = bca_bootstrap(VALUES, mean, seed=7, resamples=resamples, level=level)
    alone = [[value] for value in VALUES]
    assert near(by_the_book(alone, 7, resamples, level)) == ends(found)
    assert (f"bca seed=7 B={resamples}", level) == (found.method, found.level)
    pairs = bca_bootstrap(
        VALUES, mean, clusters=list("aabbccdd"), seed=7, resamples=resamples, level=level
    )
    blocks = [VALUES[k : k + 2] for k in range(0, 8, 2)]
    assert near(by_the_book(blocks, 7, resamples, level)) == ends(pairs)


def test_the_bootstrap_at_its_limits():
    assert "bca seed=3 B=2" == bca_bootstrap([1, 2], mean, seed=3, resamples=2).method
    assert "B=2000" == bca_bootstrap(VALUES, mean).method.split()[2]
    assert 0.95 == bca_bootstrap(VALUES, mean).level
    assert bca_bootstrap([1, 2, 3], mean, clusters="aaa") is None
    assert bca_bootstrap([1, 2, 3], mean, clusters="aab", resamples=20) is not None
    assert bca_bootstrap([], lambda _: 1.0) is None
    calls = iter([1.0] + [1.0, None] * 10 + [1.0] * 9)
    assert bca_bootstrap([1, 2], lambda _: next(calls), seed=1, resamples=20) is not None
    calls = iter([1.0] + [1.0, None] * 9 + [None, None] + [1.0] * 9)
    assert bca_bootstrap([1, 2], lambda _: next(calls), seed=1, resamples=20) is None


def test_seeds_follow_from_the_content():
    assert (1186484786, 435922293) == (content_seed([1, 2, 3]), content_seed("a", 2))
    assert all(0 <= content_seed(n) < 2**31 for n in range(50))


def test_chances_of_a_draw():
    """Worked by hand from binomial coefficients."""
    assert near(17 / 70) == hypergeometric_p(3, units=8, marked=4, drawn=4)
    assert 1.0 == hypergeometric_p(0, units=8, marked=4, drawn=4)
    assert 1.0 == hypergeometric_p(-3, units=8, marked=4, drawn=4)
    assert 1.0 == hypergeometric_p(2, units=8, marked=5, drawn=5)
    assert near(1 / 70) == hypergeometric_p(4, units=8, marked=4, drawn=4)
    assert 0.0 == hypergeometric_p(5, units=8, marked=4, drawn=4)
    assert (1.0, 0.0) == (
        hypergeometric_p(0, units=0, marked=0, drawn=0),
        hypergeometric_p(1, units=0, marked=0, drawn=0),
    )
    for wrong in (
        {"units": -1, "marked": 0},
        {"units": 3, "marked": -1},
        {"units": 3, "marked": 4},
    ):
        with pytest.raises(ValueError, match="are between 0 and units"):
            hypergeometric_p(1, **wrong, drawn=0)
    with pytest.raises(ValueError, match=r"drawn \(4\) are between 0 and units \(3\)"):
        hypergeometric_p(1, units=3, marked=3, drawn=4)


def test_adjusted_chances():
    given = [0.01, 0.04, 0.03, 0.5]
    assert near((0.04, 0.16 / 3, 0.16 / 3, 0.5)) == benjamini_hochberg(given)
    assert near((0.04, 0.16, 0.12, 1.0)) == bonferroni(given)
    assert (0.0, 1.0) == benjamini_hochberg([0, 1]) == bonferroni([0, 1])
    assert () == benjamini_hochberg([]) == bonferroni([])


def test_chances_of_known_distributions():
    assert near(0.04999999999999999, 1e-9) == chi_square_p(3.841458820694124, 1)
    assert near(math.exp(-2)) == chi_square_p(4, 2)
    assert 1.0 == chi_square_p(0, 2)
    assert near(0.04999579029644087, 1e-9) == normal_p(1.96)
    assert normal_p(1.96) == normal_p(-1.96)
    assert near(1.523970604832105e-23, 1e-9) == normal_p(10)


def test_a_randomisation_counts_what_was_seen_as_one_draw():
    seen = iter([1.0, 2.0, 3.0, 4.0])
    null = randomisation(3.0, lambda _: next(seen), seed=5, draws=4)
    sd = math.sqrt(5 / 3)
    assert (2.5, near(sd), near(0.5 / sd), 3 / 5, 1.0, 4, 5) == (
        null.expected, null.sd, null.z, null.p, null.two_sided, null.draws, null.seed,
    )  # fmt: skip
    seen = iter([1.0, 2.0, 3.0, 4.0])
    far = randomisation(4.0, lambda _: next(seen), seed=5, draws=4)
    assert (2 / 5, 3 / 5) == (far.p, far.two_sided)
