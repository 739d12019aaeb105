use super::{DrawError, Method, Order, Unit};
use crate::decimal::Decimal;
use std::collections::BTreeMap;

/// The list from which is drawn: a head, and a row for each unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Frame {
    /// Reads a CSV file, or cells pasted out of a spreadsheet.
    ///
    /// # Errors
    /// Where it is no table with a head.
    pub fn read(text: &str) -> Result<Frame, DrawError> {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or("");
        let between = [b'\t', b',', b';'].into_iter().find(|mark| first.as_bytes().contains(mark)).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(between).from_reader(text.as_bytes());
        let mut rows: Vec<Vec<String>> = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| DrawError::NoTable(error.position().map_or(1, csv::Position::line)))?;
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push(row.iter().map(str::to_owned).collect());
            }
        }
        if rows.len() < 2 {
            return Err(DrawError::EmptyFrame);
        }
        let head = rows.remove(0).into_iter().map(|name| name.trim().to_owned()).collect();
        Ok(Frame { head, rows })
    }

    /// The number of a column.
    ///
    /// # Errors
    /// Where there is none of this name.
    pub fn column(&self, name: &str) -> Result<usize, DrawError> {
        let found = self.head.iter().position(|known| known == name);
        found.ok_or_else(|| DrawError::NoColumn(name.to_owned()))
    }

    fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).map_or("", |cell| cell.trim())
    }

    /// Names of strata in the order of the frame; one without a name where there are none.
    pub fn strata(&self, column: Option<usize>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        for row in 0..self.rows.len() {
            let name = column.map_or("", |column| self.cell(row, column));
            if known.insert(name.to_owned()) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// What can be drawn in each stratum.
    pub(super) fn parts(&self, order: &Order) -> Result<Vec<(String, Vec<Unit>)>, DrawError> {
        let names = self.strata(order.strata);
        let places: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        let mut parts: Vec<Vec<Unit>> = names.iter().map(|_| Vec::new()).collect();
        let mut clusters: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for row in 0..self.rows.len() {
            let stratum = places[order.strata.map_or("", |column| self.cell(row, column))];
            let measure = match order.measure.filter(|_| order.method == Method::Pps) {
                Some(column) => self.measure(row, column)?,
                None => 1,
            };
            let cluster = order.cluster.map(|column| self.cell(row, column));
            // Rows without one would all be one cluster.
            if cluster == Some("") {
                return Err(DrawError::NoCluster { row: row + 1 });
            }
            let known = cluster.and_then(|name| clusters.get(name).copied());
            match (cluster, known) {
                (Some(name), Some((own, _))) if own != stratum => {
                    return Err(DrawError::ClusterInStrata(name.to_owned()));
                }
                (_, Some((_, at))) => {
                    let unit = &mut parts[stratum][at];
                    unit.rows.push(row);
                    unit.measure += measure;
                }
                (name, None) => {
                    if let Some(name) = name {
                        clusters.insert(name, (stratum, parts[stratum].len()));
                    }
                    parts[stratum].push(Unit { rows: vec![row], measure });
                }
            }
        }
        // A whole line times a sample must fit into what is counted with.
        let total = parts.iter().flatten().try_fold(0u128, |sum, unit| sum.checked_add(unit.measure));
        total.filter(|total| *total < 1 << 88).ok_or(DrawError::MeasureTooLarge)?;
        Ok(names.into_iter().zip(parts).collect())
    }

    fn measure(&self, row: usize, column: usize) -> Result<u128, DrawError> {
        let cell = self.cell(row, column);
        let read = Decimal::parse(cell).ok().and_then(|size| u128::try_from(size.millionths()).ok());
        read.ok_or_else(|| DrawError::BadMeasure { row: row + 1, cell: cell.to_owned() })
    }
}
