use super::{Kind, Release, Said, Standing, pieces};
use crate::language::Words;

/// Which texts are wanted. Empty: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that all have to stand in the text; letters count without their case.
    pub search: String,
    pub tag: String,
    /// Ids.
    pub unit: String,
    pub indicator: String,
    /// Name of the item; in a repeat that of every time.
    pub item: String,
    pub shown: Shown,
}

/// Which of them by what was decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Shown {
    #[default]
    All,
    /// Nobody released or withheld them
    Open,
    /// Something in them is masked
    Masked,
    Released,
    /// Released once, and masked otherwise now, or withheld by who did not know of it
    Stale,
    Withheld,
    /// Without a tag, a unit or an indicator
    Unsorted,
    Answered,
    /// Released, and nobody has answered
    Unanswered,
}

impl Shown {
    pub const ALL: [Shown; 9] = [
        Shown::All,
        Shown::Open,
        Shown::Masked,
        Shown::Released,
        Shown::Stale,
        Shown::Withheld,
        Shown::Unsorted,
        Shown::Answered,
        Shown::Unanswered,
    ];

    pub fn code(self) -> &'static str {
        ["all", "open", "masked", "released", "stale", "withheld", "unsorted", "answered", "unanswered"][self as usize]
    }

    pub fn words(self) -> Words {
        match self {
            Shown::All => Words::pair("全部", "all"),
            Shown::Open => Words::pair("未决定", "not decided"),
            Shown::Masked => Words::pair("有遮盖", "with something masked"),
            Shown::Released => Words::pair("准予公布", "released"),
            Shown::Stale => Words::pair("须重看", "to be looked at again"),
            Shown::Withheld => Words::pair("不公布", "withheld"),
            Shown::Unsorted => Words::pair("未归类", "not sorted"),
            Shown::Answered => Words::pair("已答复", "answered"),
            Shown::Unanswered => Words::pair("准予公布而未答复", "released and not answered"),
        }
    }
}

impl Release {
    pub fn words(self) -> Words {
        match self {
            Release::Open => Shown::Open.words(),
            Release::Released => Shown::Released.words(),
            Release::Stale => Shown::Stale.words(),
            Release::Withheld => Shown::Withheld.words(),
        }
    }
}

/// How a text stands: what takes time to find out, since the rules go over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    pub release: Release,
    /// Whether something in it is masked.
    pub hides: bool,
}

impl Looked {
    pub fn at(said: &Said, standing: Option<&Standing>) -> Looked {
        Looked {
            release: standing.map_or(Release::Open, |standing| standing.release(said)),
            hides: pieces(&said.text, standing).iter().any(|piece| piece.mask.is_some()),
        }
    }
}

impl Filter {
    pub fn fits(&self, said: &Said, standing: Option<&Standing>) -> bool {
        self.fits_looked(said, standing, || Looked::at(said, standing))
    }

    /// The same, where it may be known already how the text stands.
    pub fn fits_looked(&self, said: &Said, standing: Option<&Standing>, looked: impl FnOnce() -> Looked) -> bool {
        let search = || {
            let text = said.text.to_lowercase();
            self.search.to_lowercase().split_whitespace().all(|word| text.contains(word))
        };
        let is = |wanted: &str, found: Option<&String>| wanted.is_empty() || found.is_some_and(|found| found == wanted);
        let answered = standing.is_some_and(|standing| standing.answer.is_some());
        let tag = self.tag.is_empty() || standing.is_some_and(|standing| standing.tags.contains(&self.tag));
        tag && is(&self.unit, standing.and_then(|standing| standing.unit.as_ref()))
            && is(&self.indicator, standing.and_then(|standing| standing.indicator.as_ref()))
            && (self.item.is_empty() || self.item == said.name())
            && (self.search.is_empty() || search())
            && match self.shown {
                Shown::All => true,
                Shown::Open => looked().release == Release::Open,
                Shown::Masked => looked().hides,
                Shown::Released => looked().release == Release::Released,
                Shown::Stale => looked().release == Release::Stale,
                Shown::Withheld => looked().release == Release::Withheld,
                Shown::Answered => answered,
                Shown::Unanswered => !answered && looked().release == Release::Released,
                Shown::Unsorted => standing.is_none_or(|standing| {
                    standing.tags.is_empty() && standing.unit.is_none() && standing.indicator.is_none()
                }),
            }
    }
}

/// Kinds that are masked in a text, each once.
pub fn kinds(text: &str, standing: Option<&Standing>) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = pieces(text, standing).into_iter().filter_map(|piece| piece.mask).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}
