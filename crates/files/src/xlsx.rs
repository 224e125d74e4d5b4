//! Excel files: one section for each sheet that is shown.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};
use markup::{Block, Heading, Losses};

use crate::grid::{Grid, MAX_COLUMNS, MAX_ROWS};
use crate::package::Package;
use crate::{FileText, ReadError, sections};

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads a workbook. Values are those that the program that saved the file computed; we compute none.
pub(crate) fn read(bytes: &[u8]) -> Result<FileText, ReadError> {
    let mut losses = Losses::default();
    let mut package = Package::open(bytes)?;
    package.measure()?;
    losses.lose_many("chart", package.count("xl/charts/chart"));
    losses.lose_many("image", package.count("xl/media/"));
    losses.lose_many("comments of a sheet", package.count("xl/comments"));
    drop(package);

    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut blocks = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            losses.lose("hidden sheet");
        } else if sheet.typ != SheetType::WorkSheet {
            losses.lose("sheet without cells");
        } else {
            let table = read_sheet(&mut workbook, &sheet.name, &mut losses)?;
            if !table.is_empty() {
                blocks.push(Block::Heading(Heading { level: 1, text: markup::normalize(&sheet.name), name: None }));
                blocks.extend(table);
            }
        }
    }
    Ok(FileText { title: None, sections: sections::plain(blocks), losses: losses.finish() })
}

fn damaged(error: calamine::XlsxError) -> ReadError {
    match error {
        calamine::XlsxError::Password => ReadError::Encrypted,
        error => ReadError::damaged(error.to_string()),
    }
}

/// Cells by row and column.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

fn read_sheet(workbook: &mut Workbook<'_>, name: &str, losses: &mut Losses) -> Result<Vec<Block>, ReadError> {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut cells = read_cells(workbook, name, losses)?;
    for region in merged {
        repeat(&mut cells, region);
    }
    let mut grid = Grid::default();
    for row in cells.into_values() {
        grid.push(dense(row));
    }
    Ok(grid.finish(losses))
}

/// Reads cells one by one: a sheet may have two of them, a million rows and sixteen thousand columns apart.
fn read_cells(workbook: &mut Workbook<'_>, name: &str, losses: &mut Losses) -> Result<Cells, ReadError> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let mut cells = Cells::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let text = value(&cell.value);
        let (row, column) = cell.pos;
        if text.is_empty() {
            losses.lose_many("formula without a value", usize::from(cell.formula.is_some()));
        } else if column as usize >= MAX_COLUMNS {
            losses.lose("cell beyond the limit");
        } else if cells.len() < MAX_ROWS || cells.contains_key(&row) {
            cells.entry(row).or_default().insert(column, text);
        } else {
            losses.lose("cell beyond the limit");
        }
    }
    Ok(cells)
}

/// Writes the value of a merged region in each row and column that it covers and that is there.
fn repeat(cells: &mut Cells, region: Dimensions) {
    let Some(text) = cells.get(&region.start.0).and_then(|row| row.get(&region.start.1)).cloned() else { return };
    let last = region.end.1.min(MAX_COLUMNS as u32 - 1);
    if region.start.0 > region.end.0 || is_banner(cells, region) {
        return;
    }
    for (_, row) in cells.range_mut(region.start.0..=region.end.0) {
        for column in region.start.1..=last {
            row.entry(column).or_insert_with(|| text.clone());
        }
    }
}

/// A cell that is merged over a row of which it is all is a title, not many equal cells.
fn is_banner(cells: &Cells, region: Dimensions) -> bool {
    region.start.0 == region.end.0 && cells.get(&region.start.0).is_some_and(|row| row.len() == 1)
}

fn dense(row: BTreeMap<u32, String>) -> Vec<String> {
    let width = row.keys().next_back().map_or(0, |&last| last as usize + 1);
    let mut cells = vec![String::new(); width];
    for (column, text) in row {
        if let Some(cell) = cells.get_mut(column as usize) {
            *cell = text;
        }
    }
    cells
}

fn value(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => markup::normalize(text),
        DataRef::SharedString(text) => markup::normalize(text),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(moment) => date(*moment),
        DataRef::Error(error) => Data::Error(error.clone()).to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number with the 15 digits that Excel knows of it.
fn float(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded != 0.0 && !(1e-7..1e15).contains(&rounded.abs()) { format!("{rounded:e}") } else { rounded.to_string() }
}

/// A date, a time of day where there is no date, or both; a duration in hours.
fn date(moment: ExcelDateTime) -> String {
    if moment.is_duration() {
        let seconds = (moment.as_f64() * 86_400.0).round() as i64;
        let (sign, seconds) = if seconds < 0 { ("-", -seconds) } else { ("", seconds) };
        return format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let clock =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    if moment.as_f64() < 1.0 {
        clock
    } else if moment.as_f64().fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {clock}")
    }
}
