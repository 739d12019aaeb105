//! Parquet files in folders `round=…/stratum=…`, as Hive has them: DuckDB, Spark, pandas and Arrow read the folder as one
//! table, and only the parts that a question asks for.

use super::{DataSet, Kind, Row, Value, Variable};
use crate::expression::{parse_day, parse_time};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Cells that are held before they are written: what is in memory beside the ledger.
const CELLS: usize = 1 << 21;

/// Where one part goes: `grades/round=2024-2/stratum=east/part-0.parquet`, beneath a folder of the caller's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(String);

impl Place {
    /// With `/` between the folders. Nothing in it leads out of its folder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes a data set, part by part; `open` makes the file of a part. The columns of a part's folders are in no file.
///
/// # Errors
/// What `open`, or the place to write to, says.
pub fn write_parquet<W: Write + Send>(
    data: &DataSet<'_>,
    mut open: impl FnMut(&Place) -> io::Result<W>,
    mut done: impl FnMut(W) -> io::Result<()>,
) -> io::Result<()> {
    let mut parts: BTreeMap<(u16, Option<u16>), Vec<usize>> = BTreeMap::new();
    for (at, record) in data.packed().iter().enumerate() {
        let domain = &record.packed.domain;
        parts.entry((domain.round, domain.stratum)).or_default().push(at);
    }
    let kept: Vec<usize> = (0..data.variables.len()).filter(|at| !data.parts.contains(at)).collect();
    let schema = schema(data, &kept).map_err(failed)?;
    let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
    for ((round, stratum), records) in parts {
        let value = |at: usize, category: Option<u16>| {
            let categories = data.variables[data.parts[at]].categories();
            category.and_then(|at| categories.get(at as usize)).map(|category| category.name.as_str())
        };
        let folder = |name: &str, value: Option<&str>| {
            // What Hive calls a part without a value.
            format!("{name}={}", value.map_or_else(|| "__HIVE_DEFAULT_PARTITION__".to_owned(), escaped))
        };
        let (round, stratum) = (folder("round", value(0, Some(round))), folder("stratum", value(1, stratum)));
        let place = Place(format!("{}/{round}/{stratum}/part-0.parquet", data.name));
        let writer = SerializedFileWriter::new(open(&place)?, schema.clone(), properties.clone()).map_err(failed)?;
        let mut part = Part { data, kept: &kept, writer, columns: columns(data, &kept), cells: 0 };
        for at in records {
            part.record(&data.packed()[at]).map_err(failed)?;
        }
        done(part.finish().map_err(failed)?)?;
    }
    Ok(())
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// Every byte but letters, digits, `-` and `_` by its number, as in addresses.
fn escaped(id: &str) -> String {
    let mut out = String::new();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn schema(data: &DataSet<'_>, kept: &[usize]) -> Result<TypePtr, ParquetError> {
    let mut fields = Vec::new();
    for variable in kept.iter().map(|at| &data.variables[*at]) {
        let (physical, logical) = match variable.kind {
            Kind::Whole => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
            Kind::Time => (Physical::INT64, Some(LogicalType::time(false, TimeUnit::MICROS))),
            Kind::Moment => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MICROS))),
            Kind::Coded { .. } | Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        fields.push(field(&variable.name, physical, logical)?);
        if variable.reasons {
            fields.push(field(&variable.reason_name(), Physical::BYTE_ARRAY, Some(LogicalType::String))?);
        }
    }
    Type::group_type_builder(data.name).with_fields(fields).build().map(Arc::new)
}

fn field(name: &str, physical: Physical, logical: Option<LogicalType>) -> Result<TypePtr, ParquetError> {
    let builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    let builder = match logical {
        None => builder.with_converted_type(ConvertedType::NONE),
        some => builder.with_logical_type(some),
    };
    builder.build().map(Arc::new)
}

/// What a column holds until it is written; levels say which rows have a value.
enum Column {
    Text(Vec<ByteArray>, Vec<i16>),
    Int32(Vec<i32>, Vec<i16>),
    Int64(Vec<i64>, Vec<i16>),
    Double(Vec<f64>, Vec<i16>),
}

fn columns(data: &DataSet<'_>, kept: &[usize]) -> Vec<Column> {
    let mut out = Vec::new();
    for variable in kept.iter().map(|at| &data.variables[*at]) {
        out.push(match variable.kind {
            Kind::Day => Column::Int32(Vec::new(), Vec::new()),
            Kind::Whole | Kind::Time | Kind::Moment => Column::Int64(Vec::new(), Vec::new()),
            Kind::Number => Column::Double(Vec::new(), Vec::new()),
            Kind::Coded { .. } | Kind::Text => Column::Text(Vec::new(), Vec::new()),
        });
        if variable.reasons {
            out.push(Column::Text(Vec::new(), Vec::new()));
        }
    }
    out
}

fn push<T>(values: &mut Vec<T>, levels: &mut Vec<i16>, value: Option<T>) {
    levels.push(value.is_some().into());
    values.extend(value);
}

impl Column {
    fn put(&mut self, variable: &Variable, said: Option<String>) {
        let said = said.as_deref();
        match self {
            Column::Text(values, levels) => {
                push(values, levels, said.map(|text| ByteArray::from(text.as_bytes().to_vec())))
            }
            Column::Int32(values, levels) => {
                push(values, levels, said.and_then(parse_day).and_then(|day| i32::try_from(day).ok()));
            }
            Column::Double(values, levels) => push(values, levels, said.and_then(|text| text.parse().ok())),
            Column::Int64(values, levels) => {
                let number = said.and_then(|text| match variable.kind {
                    Kind::Time => Some(parse_time(text)?.0 * 1000),
                    Kind::Moment => {
                        let (day, time) = text.split_once('T')?;
                        Some(parse_day(day)? * 86_400_000_000 + parse_time(time)?.0 * 1000)
                    }
                    _ => text.parse().ok(),
                });
                push(values, levels, number);
            }
        }
    }
}

struct Part<'a, 'd, W: Write + Send> {
    data: &'a DataSet<'d>,
    kept: &'a [usize],
    writer: SerializedFileWriter<W>,
    columns: Vec<Column>,
    cells: usize,
}

impl<W: Write + Send> Part<'_, '_, W> {
    fn record(&mut self, record: &Row<'_>) -> Result<(), ParquetError> {
        for row in self.data.of(record) {
            self.row(&row);
        }
        if self.cells >= CELLS { self.flush() } else { Ok(()) }
    }

    fn row(&mut self, row: &[Value]) {
        let mut columns = self.columns.iter_mut();
        for at in self.kept {
            let variable = &self.data.variables[*at];
            let (said, reason) = variable.said(&row[*at]);
            let mut put = |text| {
                if let Some(column) = columns.next() {
                    column.put(variable, text);
                }
            };
            put(said);
            if variable.reasons {
                put(reason);
            }
        }
        self.cells += self.columns.len();
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        if self.cells == 0 {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.columns, columns(self.data, self.kept));
        let mut group = self.writer.next_row_group()?;
        for column in full {
            let Some(mut writer) = group.next_column()? else { break };
            match &column {
                Column::Text(values, levels) => {
                    writer.typed::<ByteArrayType>().write_batch(values, Some(levels), None)?
                }
                Column::Int32(values, levels) => writer.typed::<Int32Type>().write_batch(values, Some(levels), None)?,
                Column::Int64(values, levels) => writer.typed::<Int64Type>().write_batch(values, Some(levels), None)?,
                Column::Double(values, levels) => {
                    writer.typed::<DoubleType>().write_batch(values, Some(levels), None)?
                }
            };
            writer.close()?;
        }
        group.close()?;
        self.cells = 0;
        Ok(())
    }

    fn finish(mut self) -> Result<W, ParquetError> {
        self.flush()?;
        self.writer.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_a_path() {
        assert_eq!(escaped("../a b/城"), "%2E%2E%2Fa%20b%2F%E5%9F%8E");
    }
}
