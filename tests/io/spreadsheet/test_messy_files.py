"""Messy files load, or every fault is listed with its cell, in every language."""

import io

import pytest

from citess import ReadError
from citess.io.spreadsheet import read_csv, read_xlsx

HUBS = {"table": "hubs"}
HEAD = "id,name (fr),territories"


def csv(text, *, encoding="utf-8", kind="hubs", **options):
    """Read some text as a file."""
    stream = io.BytesIO(text.encode(encoding))
    return read_csv(stream, sheets={"table": kind}, **options)


def faults(text, **options):
    """Code, cell and suggestion of every error in some text."""
    with pytest.raises(ReadError) as caught:
        csv(text, **options)
    return [(i.code, dict(i.details).get("cell"), i.suggestion) for i in caught.value.report.errors]


def notes(report):
    """Codes of what was noticed."""
    return {issue.code for issue in report.issues} - {"assumed-encoding", "from-vocabulary"}


def hub(column, cell, **options):
    """Hub that has some cell in one more column."""
    row = f'{HEAD},{column}\nh,H,tn-53,"{cell}"\n'
    return csv(row, **options)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings_are_found_out_and_said(encoding, said):
    text = "id,nom,territoires,créé\nh,Pôle de Béja à Testour,tn-53,2017\n".replace(
        "créé", "création"
    )
    data, report = csv(text, encoding=encoding)
    assert "Pôle de Béja à Testour" == data.hubs["h"].name.get("fr")
    assert repr(said) in [i.given for i in report.issues if i.code == "assumed-encoding"]


def test_arabic_code_pages_are_found_out():
    text = "المعرّف,الاسم,الأقاليم\nh,القطب الترابي بالمهدية,tn-53\n"
    data, report = csv(text, encoding="cp1256")
    assert "القطب الترابي بالمهدية" == data.hubs["h"].name.get("ar")
    assert "'cp1256'" in [i.given for i in report.issues if i.code == "assumed-encoding"]


def test_an_encoding_given_is_taken_at_its_word():
    assert "é" == csv(
        f"{HEAD}\nh,é,tn-53\n",
        encoding="cp1252",
    )[0].hubs["h"].name.get("fr")
    with pytest.raises(ReadError, match="bad-encoding"):
        read_csv(io.BytesIO(b"\xff\xfe\xfd"), encoding="utf-8", sheets=HUBS)
    with pytest.raises(ReadError, match="bad-encoding"):
        read_csv(io.BytesIO(b"id"), encoding="klingon", sheets=HUBS)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_are_found_out_and_said(mark):
    text = f"{HEAD},aliases\nh,H,tn-53,x; y\n".replace(",", mark)
    text = text.replace("x; y", '"x; y"')
    data, report = csv(text)
    assert ("x", "y") == data.hubs["h"].aliases
    assert repr(mark) in [i.given for i in report.issues if i.code == "assumed-separator"]


def test_quotes_line_ends_and_commas_stand_in_cells():
    text = f'{HEAD},description (fr)\r\nh,"H ""x"", y",tn-53,"a\r\nb"\r\n'
    data, report = csv(text)
    assert ('H "x", y', "a\nb") == (
        data.hubs["h"].name.get("fr"),
        data.hubs["h"].description.get("fr"),
    )
    assert "cleaned" in notes(report)


@pytest.mark.parametrize(
    "head",
    [
        "territories,id,name (fr)",
        "Territoires , Identifiant,Nom (fr)",
        "TERRITORIES,ID,NAME [FR]",
        "\ufeffterritories,id,name_fr",
        "الأقاليم,المعرّف,الاسم (fr)",
        "territoires,identifiant,nom (français)",
        "territories,id,name.fr",
        "teritories,id,name (fr)",
        "Terr\u00a0itories,id,Name\u00a0(fr)",
        "territoires,identifiant,الاسم (fr)",
    ],
)
def test_titles_are_recognised_in_any_language_order_and_spelling(head):
    data, report = csv(f"{head}\ntn-53,h,H\n")
    assert ("H", ("tn-53",)) == (data.hubs["h"].name.get("fr"), data.hubs["h"].territories)
    assert report.ok


def test_titles_may_stand_below_others():
    data, report = csv(f"Liste des pôles,,\n\n{HEAD}\nh,H,tn-53\n")
    assert ["h"] == list(data.hubs)
    assert report.ok


def test_a_misspelt_title_is_said_and_a_strange_one_is_set_aside():
    _, report = csv("id,name (fr),teritories,telephone,empty\nh,H,tn-53,71,\n")
    told = {issue.code: issue.given for issue in report.issues}
    assert ("'teritories'", "'telephone'") == (told["read-as"], told["unknown-column"])
    assert not report.ok


def test_missing_and_repeated_titles_are_faults():
    assert [("missing-column", "B1", None)] == faults("id,territories\nh,tn-53\n")
    assert [("repeated-column", "D1", None)] == faults(f"{HEAD},name (fr)\nh,H,tn-53,I\n")
    assert [("repeated-column", "D1", None)] == faults("id,nom (fr),territoires,nom\nh,H,tn-53,I\n")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,5", "1.5"),
        ("1 234", "1234"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("\u0661\u0662\u0663\u0664", "1234"),
        ("\u0661\u066c\u0662\u0663\u0664\u066b\u0665", "1234.5"),
        ("+5", "5"),
        ("1'234", "1234"),
        ("1.234.567", "1234567"),
        (",5", "0.5"),
        ("1234.500", "1234.5"),
        ("-0", "0"),
        ("1,234", "1.234"),
        ("\uff15", "5"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, amount):
    text = f'id,name (fr),envelope: amount,envelope: currency\nf,F,"{typed}",TND\n'
    data, report = csv(text, kind="financing_lines")
    assert amount == str(data.financing_lines["f"].envelope.amount)
    assert ("ambiguous-number" in notes(report)) is (typed == "1,234")


def test_a_minus_is_read_as_people_type_it():
    text = 'id,name (fr),Point: latitude,Point: longitude\na,A,\u22125,"-5,5"\n'
    point = csv(text, kind="spaces")[0].spaces["a"].point
    assert ("-5", "-5.5") == (str(point.latitude), str(point.longitude))


@pytest.mark.parametrize(
    ("typed", "code", "meant"),
    [
        ("1_000", "bad-number", None),
        ("(5)", "bad-number", "-5"),
        ("5%", "bad-number", "0.05"),
        ("1e3", "bad-number", "1000"),
        ("TRUE", "bad-number", None),
        ("nan", "bad-number", None),
        ("1,2,3", "bad-number", None),
        ("1 2", "bad-number", "12"),
        ("5,", "bad-number", None),
        ("1.2.3,4", "bad-number", None),
        ("9" * 40, "bad-number", None),
        ("9" * 70, "bad-number", None),
        ("1..", "bad-number", None),
        ("(..)", "bad-number", None),
        ("inf", "bad-number", None),
    ],
)
def test_what_is_no_number_is_a_fault(typed, code, meant):
    text = f'id,name (fr),envelope: amount,envelope: currency\nf,F,"{typed}",TND\n'
    assert [(code, "C2", meant)] == faults(text, kind="financing_lines")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("12", 12), ("1 200", 1200), ("12,0", 12), ("1,234", "1234"), ("1,5", None), ("9" * 17, None)],
)
def test_whole_numbers_have_no_decimals(typed, found):
    text = f'id,name (fr),capacity\ns,S,"{typed}"\n'
    if isinstance(found, int):
        assert found == csv(text, kind="spaces")[0].spaces["s"].capacity
    else:
        (fault,) = faults(text, kind="spaces")
        assert ("C2", found) == fault[1:]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("14/03/2017", "2017-03-14"),
        ("01/02/2020", "2020-02-01"),
        ("1.2.2020", "2020-02-01"),
        ("2017-03-14", "2017-03-14"),
        ("2017/3/4", "2017-03-04"),
        ("03/2017", "2017-03"),
        ("2017-03", "2017-03"),
        ("2017", "2017"),
        ("١٤/٠٣/٢٠١٧", "2017-03-14"),
        ("0001", "0001"),
        ("9999", "9999"),
        ("29/02/2020", "2020-02-29"),
        ("14 mars 2017", "2017-03-14"),
        ("1er août 2017", "2017-08-01"),
        ("مارس 2017", "2017-03"),
        ("March 2017", "2017-03"),
        ("14 جويلية 2017", "2017-07-14"),
        ("05/05/2017", "2017-05-05"),
    ],
)
def test_dates_are_read_as_people_type_them(typed, found):
    data, report = hub("created", typed)
    assert found == str(data.hubs["h"].created)
    assert ("ambiguous-date" in notes(report)) is (typed in {"01/02/2020", "1.2.2020"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2020-13-01", None),
        ("29/02/2019", None),
        ("03/14/2017", "2017-03-14"),
        ("0000", None),
        ("14/03/17", "2017-03-14"),
        ("14/03/85", "1985-03-14"),
        ("14/03/2017 10:30", "2017-03-14"),
        ("31/02/2017 10:30:00", None),
        ("43000", "2017-09-22"),
        ("2017-03-14T10:00:00Z", "2017-03-14"),
        ("2017-03-14 10:00", "2017-03-14"),
        ("tomorrow", None),
        ("31/31/2020", None),
        ("99/99/20", None),
        ("13/2017", None),
        ("32 mars 2017", None),
        ("14 brumaire 2017", None),
        ("9" * 70, None),
        ("99999", None),
    ],
)
def test_what_is_no_date_is_a_fault(typed, meant):
    assert [("bad-date", "D2", meant)] == faults(f"{HEAD},created\nh,H,tn-53,{typed}\n")


def test_a_year_of_the_hijri_calendar_is_doubtful():
    data, report = hub("created", "1447")
    assert ("1447", False) == (str(data.hubs["h"].created), report.ok)
    assert {"hijri-date"} == {issue.code for issue in report.issues.warnings}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oui", True),
        ("non", False),
        ("نعم", True),
        ("لا", False),
        ("x", True),
        ("1", True),
        ("0", False),
        ("YES", True),
        ("Faux", False),
        ("True ", True),
    ],
)
def test_yes_and_no_are_read_in_every_language(typed, found):
    assert found is hub("charter", typed)[0].hubs["h"].charter


def test_what_is_neither_yes_nor_no_is_a_fault():
    assert [("bad-truth", "D2", None)] == faults(f"{HEAD},charter\nh,H,tn-53,perhaps\n")


@pytest.mark.parametrize("typed", ["active", "ACTIVE", "Actif", " actif ", "نشط", "activo"])
def test_words_of_lists_are_read_in_any_language_case_and_accent(typed):
    assert "active" == hub("status", typed)[0].hubs["h"].status


@pytest.mark.parametrize(("language", "meant"), [("en", "active"), ("fr", "actif"), ("ar", "نشط")])
def test_a_misspelt_word_is_a_fault_with_a_suggestion_in_the_language(language, meant):
    text = f"{HEAD},status\nh,H,tn-53,actiff\n"
    assert [("bad-code", "D2", meant)] == faults(text, language=language)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "of Status; expected"), ("fr", "de Statut ; attendu"), ("ar", "من الوضعية؛")],
)
def test_the_list_of_a_word_is_named_in_the_language(language, said):
    text = f"{HEAD},status\nh,H,tn-53,actiff\n"
    with pytest.raises(ReadError) as caught:
        csv(text, language=language)
    assert said in caught.value.text(language)


def test_several_values_are_separated_in_more_ways_than_one():
    for typed in ("fr; ar", "fr;ar", "fr؛ ar", "fr, ar", "fr،ar", "fr\nar"):
        assert ("fr", "ar") == hub("languages", typed)[0].hubs["h"].languages
    assert [("repeated-value", "D2", None)] == faults(f"{HEAD},languages\nh,H,tn-53,fr; fr\n")
    assert [("bad-language", "D2", None)] == faults(f'{HEAD},languages\nh,H,tn-53,"fr,Q Q"\n')


def test_ids_are_there_once_and_name_records():
    assert [("missing-field", "A2", None)] == faults(f"{HEAD}\n,H,tn-53\n")
    assert [("duplicate-id", "A3", None)] == faults(f"{HEAD}\nh,H,tn-53\nh,I,tn-53\n")
    assert [("bad-id", "A2", "my-hub")] == faults(f"{HEAD}\nMy Hub,H,tn-53\n")
    assert [("bad-code", "C2", "TN-53")] == faults(f"{HEAD}\nh,H,Mahdia\n")
    assert [("bad-code", "C2", "TN-43")] == faults(f"{HEAD}\nh,H,Sidi Bouzid\n")
    assert [("bad-code", "C2", "TN-53")] == faults(f"{HEAD}\nh,H,المهدية\n")
    assert [("dangling-reference", "C2", "tn-53")] == faults(f"{HEAD}\nh,H,tnn-53\n")
    assert ("tn-53",) == csv(f"{HEAD}\nH,H,TN-53\n")[0].hubs["h"].territories


def test_a_row_whose_id_was_used_before_is_looked_at_all_the_same():
    text = f"{HEAD},created\nh,H,tn-53,2017\nh,,tn-99,never\nh,I,tn-53,2018\n"
    assert [
        ("duplicate-id", "A3", None),
        ("missing-field", "B3", None),
        ("dangling-reference", "C3", "tn-83"),
        ("bad-date", "D3", None),
        ("duplicate-id", "A4", None),
    ] == faults(text)


def test_names_of_records_are_suggested_for_references(tmp_path):
    (tmp_path / "hubs.csv").write_text(f"{HEAD}\nkalo,Pôle Kalo,tn-53\n", "utf-8")
    (tmp_path / "enterprises.csv").write_text("id,nom,pôle\ne,E,Pole Kalo\nf,F,kallo\n", "utf-8")
    (tmp_path / "bodies.csv").write_text(
        "id,of,kind\nb,hub:pole kalo,board\nc,hub:kallo,board\nd,club:kalo,board\n", "utf-8"
    )
    with pytest.raises(ReadError) as caught:
        read_csv(tmp_path)
    found = [(i.code, i.suggestion) for i in caught.value.report.errors if "kind" not in i.code]
    assert ("bad-id", "kalo") in found
    assert ("dangling-reference", "kalo") in found


def test_circles_are_found_where_they_stand():
    text = "id,name (fr),level\na,A,country\nb,B,country\n"
    parents = "record,scheme,territory\na,state,b\nb,state,a\n"
    with pytest.raises(ReadError) as caught:
        read_csv_files({"territories.csv": text, "territories.parents.csv": parents})
    assert {"circle"} == {issue.code for issue in caught.value.report.errors}


def read_csv_files(files, **options):
    """Read files of a folder that is made for them."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, "utf-8")
        return read_csv(folder, **options)


SEVEN = (
    "id;nom;territoires;statut;création;charte;site web;langues\n"
    "Kalo Hub;Kalo;Mahdia;actiff;31/13/2017;peut-être;www.kalo.tn;fr\n"
    "ok;;tn-53;actif;14/03/2017;oui;https://kalo.tn;fr\n"
)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_seven_faults_are_seven_faults(language):
    found = faults(SEVEN, language=language)
    assert ["A2", "B3", "C2", "D2", "E2", "F2", "G2"] == sorted(cell for _, cell, _ in found)
    with pytest.raises(ReadError) as caught:
        csv(SEVEN, language=language)
    text = caught.value.text(language)
    words = {
        "en": "line 2, column statut (D2)",
        "fr": "ligne 2, colonne statut (D2)",
        "ar": "السطر 2، العمود statut (D2)",
    }
    assert words[language] in text
    assert "{" not in text


def test_a_row_with_a_fault_is_still_checked_for_the_others():
    text = "id,cases,service,on,minutes,women,participants\ns,c,x,notadate,-5,5,3\n"
    codes = [code for code, _, _ in faults(text, kind="support_sessions")]
    assert [
        "dangling-reference",
        "dangling-reference",
        "bad-date",
        "out-of-range",
        "out-of-range",
    ] == codes


def test_faults_of_entries_stand_on_their_own_sheet():
    hubs = f"{HEAD}\nh,H,tn-53\n"
    phases = (
        "record,phase,since\nh,creation,2017\nh,?,2018\n,creation,2018\nx,creation,2018\nh,,x\n"
    )
    with pytest.raises(ReadError) as caught:
        read_csv_files({"hubs.csv": hubs, "hubs.phases.csv": phases})
    cells = [dict(i.details)["cell"] for i in caught.value.report.errors]
    assert {"B3", "A4", "A5", "B6", "C6"} <= set(cells)


def test_entries_out_of_order_are_shown_where_they_stand():
    es = "id,name (fr)\ne,E\n"
    stages = "record,stage,since\ne,idea,2020\ne,idea,2018\n"
    with pytest.raises(ReadError) as caught:
        read_csv_files({"enterprises.csv": es, "enterprises.stages.csv": stages})
    found = [
        (i.code, dict(i.details)["cell"], dict(i.details)["file"])
        for i in caught.value.report.errors
    ]
    assert [("not-in-order", "C3", "enterprises.stages.csv")] == found


def test_entries_given_twice_are_faults():
    es = "id,name (fr)\ne,E\n"
    stages = "record,stage,since\ne,idea,2020\ne,idea,2020\n"
    with pytest.raises(ReadError, match="repeated-value"):
        read_csv_files({"enterprises.csv": es, "enterprises.stages.csv": stages})


def test_parts_of_a_value_that_lacks_the_others_are_faults():
    text = "id,name (fr),envelope: amount\nf,F,5\n"
    assert [("missing-field", "C2", None)] == faults(text, kind="financing_lines")
    text = "id,name (fr),envelope: amount,envelope: currency\nf,F,5,\ng,G,1.23456,TND\n"
    found = faults(text, kind="financing_lines")
    assert [("missing-field", "D2", None), ("too-precise", "C3", None)] == found


def test_an_end_that_is_not_given_is_not_known():
    rows = "a,A,2017,\nb,B,2017,open\nc,C,2017,en cours\nd,D,,2020\n"
    text = f"id,name (fr),period: start,period: end\n{rows}"
    spaces = csv(text, kind="spaces")[0].spaces
    assert ["2017/unknown", "2017/open", "2017/open", "unknown/2020"] == [
        str(one.period) for one in spaces.values()
    ]
    found = faults("id,name (fr),period: start,period: end\na,A,2017,2015\n", kind="spaces")
    assert [("end-before-start", "D2", None)] == found


def test_cells_beyond_the_titles_are_faults():
    assert [("beyond-header", "D2", None)] == faults(f"{HEAD}\nh,H,tn-53,more\n")


def test_text_is_cleaned_and_said_or_refused_with_a_suggestion():
    data, report = hub("description (fr)", " e\u0301 ")
    assert "é" == data.hubs["h"].description.get("fr")
    assert "cleaned" in notes(report)
    text = f"{HEAD},description (fr)\nh,H,tn-53,a\u202eb\n"
    assert [("bidi-character", "D2", "ab")] == faults(text)
    assert [("control-character", "D2", None)] == faults(text.replace("\u202e", "\x01"))


def test_what_is_private_is_never_shown():
    text = "id,hub,opened,sex\nc,h,2021,secretword\n"
    with pytest.raises(ReadError) as caught:
        csv(text, kind="cases")
    assert "secretword" not in caught.value.text()
    assert "(withheld)" in caught.value.text()


def test_a_table_is_recognised_by_its_titles_or_said_to_be_unknown():
    data, _ = read_csv(io.BytesIO(b"id,name,territories,charter\nh,H,tn-53,yes\n"))
    assert ["h"] == list(data.hubs)
    for content in (b"a,b\n1,2\n", b"", b"\n"):
        with pytest.raises(ReadError, match="no-table"):
            read_csv(io.BytesIO(content))


def test_an_empty_folder_holds_no_table(tmp_path):
    with pytest.raises(ReadError, match="no-table"):
        read_csv(tmp_path)


def test_bytes_that_are_no_table_are_refused():
    with pytest.raises(ReadError, match="control-character"):
        read_csv(io.BytesIO(b"id,\0x"), sheets=HUBS)
    with pytest.raises(ReadError, match="bad-table"):
        read_csv(io.BytesIO(b'id,name\n"' + b"x" * (1 << 24) + b'y"\n'), sheets=HUBS)
    with pytest.raises(ReadError, match="too-large"):
        read_csv(io.BytesIO(b"id,name"), sheets=HUBS, max_bytes=3)


def test_every_bad_file_of_a_folder_is_named(tmp_path):
    (tmp_path / "hubs.csv").write_bytes(b"id,name,territories\0")
    (tmp_path / "spaces.csv").write_bytes(b"id,name (fr),capacity\ns,S,many\n")
    with pytest.raises(ReadError) as caught:
        read_csv(tmp_path)
    assert ["control-character", "bad-number"] == [i.code for i in caught.value.report.errors]


def test_the_caller_can_say_what_sheets_and_titles_mean():
    text = "cle,projet,ou\nh,H,tn-53\n"
    named = {"cle": "id", "projet": "name.fr", "ou": "territories"}
    data, _ = csv(text, columns=named)
    assert "H" == data.hubs["h"].name.get("fr")
    with pytest.raises(ValueError, match="is no kind of sheet"):
        csv(text, kind="hubbs")


def test_the_caller_can_say_the_language_and_what_stands_around():
    around = csv(f"{HEAD}\nh,H,tn-53\n")[0]
    data, report = csv(
        "id,name,hub\ne,E,h\n", kind="enterprises", within=around, text_language="fr"
    )
    assert ("E", "h") == (data.enterprises["e"].name.get("fr"), data.enterprises["e"].hub)
    assert "assumed-language" not in notes(report)
    with pytest.raises(ReadError) as caught:
        csv("id,name (fr),territories\nx,H,tn-53\n", kind="enterprises", within=evil(around))
    assert "duplicate-id" in {i.code for i in caught.value.report.errors}


def evil(around):
    """A dataset that has a partner of an id that a file gives to an enterprise."""
    from citess import Partner, Text

    return around.add(Partner(id="x", name=Text(fr="X")))


def test_doubts_of_the_data_are_shown_in_their_cells():
    _, report = csv(f"{HEAD},legal form\nh,H,tn-53,TN-UNHEARD\n")
    (doubt,) = report.issues.warnings
    assert ("unknown-code", "D2") == (doubt.code, dict(doubt.details)["cell"])


def test_workbooks_are_not_text(tmp_path):
    with pytest.raises(ReadError, match="not-a-workbook"):
        read_xlsx(io.BytesIO(b"id,name"))


def test_errors_that_a_spreadsheet_saved_as_text_are_no_values():
    text = (
        "id,nom,territoires,création,aliases\n"
        "h,#REF!,tn-53,#VALEUR!,#1 x\ni,#NOM?,#N/A,#####,\nj,J # 3,tn-43,2017,\n"
    )
    cells = [("error-cell", cell, None) for cell in ("B2", "D2", "B3", "C3", "D3")]
    assert cells == sorted(faults(text), key=lambda fault: (fault[1][1], fault[1][0]))
    assert "J # 3" == str(csv("id,nom,territoires\nj,J # 3,tn-43\n")[0].hubs["j"].name)


def test_every_part_of_a_point_that_is_off_the_globe_is_a_fault():
    text = (
        "id,nom,Point: latitude,Point: longitude,Capacité\n"
        "a,A,91,181,-3\nb,B,abc,181,\nc,C,,181,-1\nd,D,36,10,2\n"
    )
    assert [
        ("out-of-range", "C2", None),
        ("out-of-range", "D2", None),
        ("negative-amount", "E2", None),
        ("bad-number", "C3", None),
        ("out-of-range", "D3", None),
        ("missing-field", "C4", None),
        ("out-of-range", "D4", None),
        ("negative-amount", "E4", None),
    ] == sorted(faults(text, kind="spaces"), key=lambda fault: (fault[1][1], fault[1][0]))


def test_a_fault_that_hangs_on_another_is_not_made_up():
    text = (
        "id,entreprise,date,type,personnes,Tranche d'âge: âge minimal,Tranche d'âge: âge maximal\n"
        "a,e,2024,standard,3,x,0\nb,e,2024,standard,3,9,5\n"
    )
    found = faults(text, kind="jobs_counts")
    bands = [(code, cell) for code, cell, _ in found if cell[0] in "FG"]
    assert [("bad-number", "F2"), ("out-of-range", "G3")] == bands
