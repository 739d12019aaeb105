use super::told::SuggestionsError;
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Table, read_text};
use crate::suggestions::{Kind, labelled, masked, measure};
use clap::Args;
use std::path::PathBuf;

/// Prints each line with what may point to a person masked. With --measure, the file marks what has to be masked
/// (docs/suggestions.md), and a table says how much of it was found.
#[derive(Args)]
pub struct FindIn {
    /// Text file, UTF-8
    file: PathBuf,
    /// Hold the finder against the file's marks
    #[arg(long)]
    measure: bool,
    #[arg(long, value_enum, default_value_t, requires = "measure")]
    format: Format,
}

impl FindIn {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let text = read_text(&self.file)?;
        if !self.measure {
            let lines: Vec<String> = text.lines().map(|line| masked(line, None) + "\n").collect();
            context.print(&lines.concat())?;
            return Ok(Exit::Done);
        }
        let all = labelled(&text).ok_or_else(|| SuggestionsError::NotMarked(self.file.clone()).refused())?;
        let mut table = Table::new(&[
            Column::new("kind", "种类", "kind"),
            Column::new("marked", "应遮盖", "to be masked"),
            Column::new("hidden", "已遮盖", "masked"),
            Column::new("recall", "查全率（%）", "recall (%)"),
            Column::new("found", "遮盖处", "places masked"),
            Column::new("right", "其中应遮盖", "of them rightly"),
            Column::new("precision", "查准率（%）", "precision (%)"),
        ]);
        let share = |part: usize, whole: usize| match whole {
            0 => Cell::None,
            whole => Cell::Number(format!("{:.1}", part as f64 * 100.0 / whole as f64)),
        };
        let kinds = Kind::ALL.into_iter().map(Some).chain([None]);
        for kind in kinds {
            let made = measure(&all, kind);
            let (marked, found) = (made.hidden + made.missed.len(), made.right + made.needless.len());
            if marked + found == 0 {
                continue;
            }
            let name = kind.map_or(("全部", "all"), |kind| (kind.words().zh, kind.words().en));
            let number = |number: usize| Cell::Number(number.to_string());
            table.push(vec![
                Cell::text(context.lang.pick(crate::language::Words::pair(name.0, name.1))),
                number(marked),
                number(made.hidden),
                share(made.hidden, marked),
                number(found),
                number(made.right),
                share(made.right, found),
            ]);
        }
        context.show(&table, self.format)?;
        let all = measure(&all, None);
        all.missed.iter().for_each(|one| aside!("minping: - {one}"));
        all.needless.iter().for_each(|one| aside!("minping: + {one}"));
        Ok(Exit::Done)
    }
}
