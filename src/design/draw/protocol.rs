//! What a draw leaves: the table of what was drawn, and the record of how.

use super::{ADDED, Drawn, Frame, Order};
use crate::json::Writer;

impl Drawn {
    /// The rows that were drawn with all columns of the frame, and behind them how, with which seed, with which probability and
    /// with which base weight.
    pub fn to_csv(&self, frame: &Frame, order: &Order) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head = frame.head.iter().map(String::as_str).chain(ADDED);
        let mut wrote = writer.write_record(head).is_ok();
        let seed = order.seed.to_string();
        for (row, probability) in &self.rows {
            let (chance, weight) = (probability.to_f64().to_string(), probability.weight().to_string());
            let own = frame.rows[*row].iter().map(String::as_str);
            let added = [order.method.name(), &seed, &chance, &weight];
            wrote &= writer.write_record(own.chain(added)).is_ok();
        }
        debug_assert!(wrote, "every row of a frame is as long as its head");
        let bytes = writer.into_inner().unwrap_or_default();
        ["\u{feff}", &String::from_utf8_lossy(&bytes)].concat()
    }

    /// The record of the draw as JSON: with it and the frame anybody can draw the same again. `digest`: the SHA-256 of the
    /// frame's file, in hexadecimal.
    pub fn protocol(&self, frame: &Frame, order: &Order, digest: &str) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.number("v", 1);
        out.text("kind", "minping-draw");
        out.text("method", order.method.name());
        out.number("seed", order.seed);
        out.text("chance", "ChaCha8");
        out.text("order", if order.shuffled { "random" } else { "listed" });
        out.name("frame");
        out.open('{');
        out.text("sha256", digest);
        out.number("rows", frame.rows.len() as u64);
        let columns = [("strata", order.strata), ("measure", order.measure), ("cluster", order.cluster)];
        for (name, column) in columns {
            out.text_if_some(name, column.and_then(|column| frame.head.get(column)));
        }
        out.close('}');
        if let Some(most) = order.per_cluster {
            out.number("per_cluster", most);
        }
        out.name("strata");
        out.open('[');
        for stratum in &self.strata {
            out.open('{');
            out.text("stratum", &stratum.name);
            out.number("units", stratum.units as u64);
            out.number("drawn", stratum.drawn as u64);
            out.number("certain", stratum.certain as u64);
            out.number("without_size", stratum.without_size as u64);
            out.close('}');
        }
        out.close(']');
        out.number("drawn", self.rows.len() as u64);
        out.close('}');
        let mut text = out.finish();
        text.push('\n');
        text
    }
}
