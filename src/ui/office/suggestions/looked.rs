//! How the texts stand, and which of them the filters let through.

use super::work::Read;
use crate::plan::Digest;
use crate::suggestions::{Filter, Looked, Release, Shown, Standing, Standings};
use leptos::prelude::*;
use rustc_hash::FxHashMap;

/// How a text stood when it was last looked at.
pub type Known = FxHashMap<Digest, (Standing, Looked)>;

pub fn filter(filters: [RwSignal<String>; 6]) -> Filter {
    let [search, tag, unit, indicator, item, shown] = filters.map(|filter| filter.get());
    let shown = Shown::ALL.into_iter().find(|known| known.code() == shown).unwrap_or_default();
    Filter { search, tag, unit, indicator, item, shown }
}

/// How each text stands. The rules go only over what was decided otherwise since the last time.
pub fn look(read: &Read, standings: &Standings, known: &mut Known) -> Vec<Looked> {
    let looked = read.said.iter().zip(read.marked.iter()).map(|(said, marked)| {
        let Some(standing) = standings.get(&said.id) else { return Looked { release: Release::Open, hides: *marked } };
        match known.get(&said.id) {
            Some((before, looked)) if before == standing => *looked,
            _ => {
                let looked = Looked::at(said, Some(standing));
                known.insert(said.id.clone(), (standing.clone(), looked));
                looked
            }
        }
    });
    looked.collect()
}

pub fn count(looked: &[Looked]) -> [usize; 3] {
    let count = |fits: &dyn Fn(&Looked) -> bool| looked.iter().filter(|one| fits(one)).count();
    [
        count(&|one| one.hides),
        count(&|one| one.release == Release::Released),
        count(&|one| one.release == Release::Stale),
    ]
}

pub fn wanted(
    filter: &Filter,
    read: &Read,
    standings: &Standings,
    looked: &[Looked],
    group: Option<&[usize]>,
) -> Vec<usize> {
    let fits = |at: &usize| {
        read.said.get(*at).is_some_and(|said| filter.fits_looked(said, standings.get(&said.id), || looked[*at]))
    };
    match group {
        Some(group) => group.iter().copied().filter(fits).collect(),
        None => (0..read.said.len()).filter(fits).collect(),
    }
}
