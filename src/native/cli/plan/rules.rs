use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Lang, Table};
use crate::plan::{Code, LookFor, Rule, rules};
use clap::Args;

/// Lists the rules by which `plan check` warns of leading, double or vague questions, each with a better example.
#[derive(Args)]
pub struct Rules {
    /// How the list is shown; `markdown` is docs/wording.md
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum ListFormat {
    /// For people
    #[default]
    Markdown,
    Csv,
    Json,
}

const COLUMNS: [Column; 7] = [
    Column::new("rule", "规则", "rule"),
    Column::new("code", "代码", "code"),
    Column::new("language", "语言", "language"),
    Column::new("phrases", "查找", "looks for"),
    Column::new("why", "原因", "why"),
    Column::new("bad", "不好的例子", "bad example"),
    Column::new("good", "较好的例子", "better example"),
];

impl Rules {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let format = match self.format {
            ListFormat::Markdown => {
                context.print(&markdown(context.lang))?;
                return Ok(Exit::Done);
            }
            ListFormat::Csv => Format::Csv,
            ListFormat::Json => Format::Json,
        };
        let mut table = Table::new(&COLUMNS);
        for rule in rules() {
            table.push(vec![
                Cell::text(rule.name),
                Cell::text(rule.code.name()),
                Cell::text(rule.language),
                Cell::text(phrases(rule, " | ")),
                Cell::text(why(rule, context.lang)),
                Cell::text(rule.bad),
                Cell::text(rule.good),
            ]);
        }
        context.show(&table, format)?;
        Ok(Exit::Done)
    }
}

fn why(rule: &Rule, lang: Lang) -> &'static str {
    if lang == Lang::Zh { rule.why_zh } else { rule.why_en }
}

fn phrases(rule: &Rule, between: &str) -> String {
    match &rule.look_for {
        LookFor::Phrases(phrases) => phrases.join(between),
        LookFor::Pair { words, joins, .. } => {
            let joins: Vec<String> = joins.iter().map(|join| format!("“{}”", join.trim())).collect();
            format!("{} {} {}", words.join("/"), joins.join("/"), words.join("/"))
        }
    }
}

/// The list for people, kind by kind.
fn markdown(lang: Lang) -> String {
    let kinds = [
        (Code::LeadingWording, "引导性提问", "Leading questions"),
        (Code::DoubleBarrelled, "一题多问", "Two questions in one"),
        (Code::DoubleNegative, "双重否定", "Double negatives"),
        (Code::VagueWording, "含糊用语", "Vague words"),
    ];
    let mut text = String::new();
    for (code, zh, en) in kinds {
        text += &format!("### {} (`{}`)\n\n", if lang == Lang::Zh { zh } else { en }, code.name());
        for rule in rules().filter(|rule| rule.code == code) {
            let (bad, good, unless, looks) = match lang {
                Lang::Zh => ("不写", "而写", "除非有", "查找"),
                Lang::En => ("instead of", "write", "unless there is", "looks for"),
            };
            text += &format!("- **{}**: {}\n", rule.name, why(rule, lang));
            text += &format!("  - {looks}: {}\n", phrases(rule, " · "));
            if !rule.unless.is_empty() {
                text += &format!("  - {unless}: {}\n", rule.unless.join(" · "));
            }
            text += &format!("  - {bad}: {}\n  - {good}: {}\n", rule.bad, rule.good);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_in_the_documentation_are_those_of_the_program() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/wording.md");
        let document = std::fs::read_to_string(path).unwrap();
        for lang in [Lang::Zh, Lang::En] {
            let list = markdown(lang);
            assert!(document.contains(list.trim_end()), "stale: put in what `minping --lang … plan rules` prints");
        }
    }
}
