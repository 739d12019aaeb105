//! Workbooks made to break the importer: bombs, damaged files, sheets of nonsense. Each gives a plan or an error in words;
//! none hangs or panics.
#![cfg(feature = "cli")]

#[path = "fuzzing/workbook.rs"]
mod workbook;

use minping::import::{ImportError, Options, Weight, read};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Read};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A workbook with these rows on the sheet `survey`.
fn survey(rows: &[&[&str]]) -> Vec<u8> {
    made(|sheet| {
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *cell).unwrap();
            }
        }
    })
}

fn made(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("survey").unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

/// The workbook with one of its files put in the place of what it was.
fn with_file(bytes: &[u8], name: &str, content: &mut dyn Read) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).unwrap();
        if file.name().unwrap() != name {
            out.raw_copy_file(file).unwrap();
        }
    }
    out.start_file(name, SimpleFileOptions::default()).unwrap();
    std::io::copy(content, &mut out).unwrap();
    out.finish().unwrap().into_inner()
}

const HEAD: &[&str] = &["type", "name", "label"];
const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let small = survey(&[HEAD, &["text", "a", "A"]]);
    let bomb = with_file(&small, SHEET, &mut std::io::repeat(b' ').take(140 << 20));
    assert!(bomb.len() < 1 << 20, "a bomb is small: {}", bomb.len());
    assert_eq!(read(&bomb, &Options::default()).err(), Some(ImportError::TooLarge("unpacked bytes")));
}

#[test]
fn a_damaged_workbook_is_refused_or_read() {
    let whole = survey(&[HEAD, &["select_one yn", "a", "A"], &["text", "b", "B"]]);
    assert!(workbook::run(&whole));
    for part in 1..40 {
        workbook::run(&whole[..whole.len() * part / 40]);
    }
    for at in (0..whole.len()).step_by(37) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        workbook::run(&damaged);
    }
}

#[test]
fn a_sheet_of_nonsense_is_refused_or_read() {
    let small = survey(&[HEAD, &["text", "a", "A"]]);
    let deep = [&"<row>".repeat(100_000), "x"].concat();
    for xml in [
        "",
        "<",
        "<worksheet><sheetData><row r=\"0\"><c r=\"A0\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData/></worksheet>",
        "<worksheet><sheetData><row r=\"4294967295\"><c r=\"ZZZZZZ4294967295\" t=\"s\"><v>99999999</v></c></row></sheetData></worksheet>",
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><worksheet>&b;&b;</worksheet>",
        &deep,
    ] {
        workbook::run(&with_file(&small, SHEET, &mut xml.as_bytes()));
    }
}

#[test]
fn cells_that_are_no_text_are_named_or_read() {
    let bytes = made(|sheet| {
        for (column, name) in ["type", "name", "label", "relevant", "required"].iter().enumerate() {
            sheet.write_string(0, column as u16, *name).unwrap();
        }
        sheet.write_string(1, 0, "text").unwrap();
        sheet.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_number(1, 2, 12.5).unwrap();
        sheet.write_boolean(1, 4, true).unwrap();
        sheet.write_string(2, 0, "date").unwrap();
        sheet.write_string(2, 1, "day").unwrap();
        sheet.write_number_with_format(2, 2, 45_000.5, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.merge_range(3, 0, 5, 4, "text", &Format::new()).unwrap();
    });
    let imported = read(&bytes, &Options::default()).expect("it is a workbook");
    assert!(
        imported.findings.iter().any(|finding| finding.weight == Weight::Lost || finding.weight == Weight::Changed)
    );
    assert!(workbook::run(&bytes));
}

#[test]
fn names_and_groups_without_end_are_named() {
    let mut rows: Vec<&[&str]> = vec![HEAD];
    rows.extend(std::iter::repeat_n(&["text", "same", "A"][..], 5_000));
    assert!(workbook::run(&survey(&rows)));
    let mut rows: Vec<&[&str]> = vec![HEAD];
    rows.extend(std::iter::repeat_n(&["begin group", "g", "G"][..], 1_000));
    workbook::run(&survey(&rows));
    let mut rows: Vec<&[&str]> = vec![HEAD];
    rows.extend(std::iter::repeat_n(&["end repeat", "", ""][..], 1_000));
    workbook::run(&survey(&rows));
    let long = "${a} + ".repeat(4_000) + "1";
    workbook::run(&survey(&[
        &["type", "name", "label", "relevant"],
        &["text", "a", "A", &long],
        &["text", "b", "<script>\u{202e}", "((((("],
    ]));
}
