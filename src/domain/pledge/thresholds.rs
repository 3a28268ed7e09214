//! The thresholds of those who wait, as a tree of pages that finds the group that tips in O(log n).
//!
//! Count people by threshold `t`, from 0 up, and walk from left to right adding `count(t) − 1`. A sum of at least `−active`
//! at an occupied `x` says that `active + F(x) ≥ x + 1`: with those who are active already, everybody who waits up to `x` has
//! as many others as they ask for. The last such `x` is the largest group. Each slot of a page keeps how many people it
//! holds and the greatest sum that an occupied place in it reaches, so that one act reads and writes one page per level.
//!
//! Pages are loaded as they are needed: an operation on a page that is not there says which.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Slots of a page.
const FAN: i64 = 32;
/// Levels of pages.
const LEVELS: u8 = 4;
/// The greatest threshold, in others.
pub const THRESHOLD_MAX: i64 = FAN * FAN * FAN * FAN - 1;

/// Which page: the level, 0 for single thresholds, and its place in that level.
pub type PageId = (u8, i64);

/// Thresholds from one to another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Slot {
    /// How many people.
    #[serde(rename = "n")]
    people: i64,
    /// The greatest sum up to an occupied place in it, from its beginning.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    peak: Option<i64>,
}

/// Some slots, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page(Vec<Slot>);

impl Default for Page {
    fn default() -> Self {
        Self(vec![
            Slot::default();
            usize::try_from(FAN).unwrap_or_default()
        ])
    }
}

/// How many thresholds a slot of that level holds.
fn span(level: u8) -> i64 {
    FAN.pow(u32::from(level))
}

impl Page {
    /// This page as one slot of the page above.
    fn summary(&self, level: u8) -> Slot {
        let (mut people, mut peak) = (0, None);
        for (before, slot) in (0..).map(|at| at * span(level)).zip(&self.0) {
            peak = peak.max(slot.peak.map(|peak| people - before + peak));
            people += slot.people;
        }
        Slot { people, peak }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|slot| slot.people == 0)
    }
}

/// The place of a threshold's slot in its page of a level.
fn slot_of(level: u8, threshold: i64) -> usize {
    usize::try_from(threshold / span(level) % FAN).unwrap_or_default()
}

fn page_of(level: u8, threshold: i64) -> PageId {
    (level, threshold / span(level + 1))
}

/// Those who tip: everybody who waits and asks for at most so many others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wave {
    /// The greatest threshold among them.
    pub up_to: i64,
    /// How many they are.
    pub people: i64,
}

/// The part of the tree that is loaded, and what changed of it.
#[derive(Debug, Clone, Default)]
pub struct Thresholds {
    pages: BTreeMap<PageId, Page>,
    changed: BTreeSet<PageId>,
    cleared: Option<i64>,
}

impl Thresholds {
    /// Takes a page in; one that is kept nowhere is empty.
    pub fn load(&mut self, id: PageId, page: Option<Page>) {
        self.pages.insert(id, page.unwrap_or_default());
    }

    /// What is to be written over: pages; one that became empty is kept nowhere.
    pub fn changes(&self) -> impl Iterator<Item = (PageId, Option<&Page>)> {
        let page = |id: &PageId| self.pages.get(id).filter(|page| !page.is_empty());
        self.changed.iter().map(move |id| (*id, page(id)))
    }

    /// Of each level, the place before which every page is gone.
    pub fn gone_before(&self) -> impl Iterator<Item = PageId> {
        let cleared = self.cleared.into_iter();
        cleared.flat_map(|up_to| (0..LEVELS).map(move |level| page_of(level, up_to)))
    }

    fn page(&self, id: PageId) -> Result<&Page, PageId> {
        self.pages.get(&id).ok_or(id)
    }

    fn path(&self, threshold: i64) -> Result<(), PageId> {
        (0..LEVELS).try_for_each(|level| self.page(page_of(level, threshold)).map(|_| ()))
    }

    /// Changes each page on the way of a threshold, from the leaf up.
    fn change(&mut self, threshold: i64, mut change: impl FnMut(u8, usize, &mut Page)) {
        let mut below: Option<Slot> = None;
        for level in 0..LEVELS {
            let id = page_of(level, threshold);
            let slot = slot_of(level, threshold);
            let page = self.pages.entry(id).or_default();
            change(level, slot, page);
            if let Some(below) = below {
                page.0[slot] = below;
            }
            below = Some(page.summary(level));
            self.changed.insert(id);
        }
    }

    /// So many people more, or less, wait with a threshold.
    ///
    /// # Errors
    /// The page to load first.
    pub fn add(&mut self, threshold: i64, people: i64) -> Result<(), PageId> {
        self.path(threshold)?;
        self.change(threshold, |level, slot, page| {
            if level == 0 {
                let count = page.0[slot].people + people;
                let peak = (count > 0).then_some(count - 1);
                page.0[slot] = Slot {
                    people: count,
                    peak,
                };
            }
        });
        Ok(())
    }

    /// Nobody waits any more with a threshold up to `up_to`.
    ///
    /// # Errors
    /// The page to load first.
    pub fn clear(&mut self, up_to: i64) -> Result<(), PageId> {
        self.path(up_to)?;
        self.change(up_to, |level, slot, page| {
            let end = if level == 0 { slot + 1 } else { slot };
            page.0[..end].fill(Slot::default());
        });
        self.cleared = self.cleared.max(Some(up_to));
        Ok(())
    }

    /// Who tips, with so many active already.
    ///
    /// # Errors
    /// The page to load first.
    pub fn wave(&self, active: i64) -> Result<Option<Wave>, PageId> {
        self.last(-active)
    }

    /// How many more people it takes, whoever they are, for some of those who wait to tip with them, and how many of these
    /// would; none while nobody waits.
    ///
    /// # Errors
    /// The page to load first.
    pub fn missing(&self, active: i64) -> Result<Option<(i64, i64)>, PageId> {
        let root = self.page((LEVELS - 1, 0))?.summary(LEVELS - 1);
        let Some(peak) = root.peak else {
            return Ok(None);
        };
        let wave = self.last(peak)?;
        Ok(wave.map(|wave| (-active - peak, wave.people)))
    }

    /// The last occupied threshold up to which the sum is at least `least`.
    fn last(&self, least: i64) -> Result<Option<Wave>, PageId> {
        let (mut people, mut start, mut place) = (0, 0, 0);
        for level in (0..LEVELS).rev() {
            let page = self.page((level, place))?;
            let mut found = None;
            let mut at = start;
            let mut before = people;
            for (slot, here) in (0..).zip(&page.0) {
                if here.peak.is_some_and(|peak| before - at + peak >= least) {
                    found = Some((slot, at, before));
                }
                before += here.people;
                at += span(level);
            }
            let Some((slot, at, before)) = found else {
                return Ok(None);
            };
            (start, people, place) = (at, before, place * FAN + slot);
        }
        let slot = slot_of(0, start);
        let leaf = self.page(page_of(0, start))?;
        Ok(Some(Wave {
            up_to: start,
            people: people + leaf.0[slot].people,
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    /// A tree with everything it needs in memory.
    #[derive(Default)]
    struct Whole {
        kept: HashMap<PageId, String>,
        loads: usize,
    }

    impl Whole {
        /// Carries an operation out as the use cases do: pages are loaded when they are asked for, then written.
        fn run<T>(&mut self, act: impl Fn(&mut Thresholds) -> Result<T, PageId>) -> T {
            let mut tree = Thresholds::default();
            let done = loop {
                match act(&mut tree) {
                    Ok(done) => break done,
                    Err(id) => {
                        self.loads += 1;
                        let page = self.kept.get(&id);
                        tree.load(id, page.map(|text| serde_json::from_str(text).unwrap()));
                    }
                }
            };
            let gone: Vec<PageId> = tree.gone_before().collect();
            self.kept
                .retain(|(level, at), _| !gone.iter().any(|(l, a)| l == level && at < a));
            for (id, page) in tree.changes() {
                match page {
                    Some(page) => self.kept.insert(id, serde_json::to_string(page).unwrap()),
                    None => self.kept.remove(&id),
                };
            }
            done
        }
    }

    /// The rule as it is written: with `active` others, the largest k such that k people ask for at most k − 1.
    fn oracle(waiting: &[i64], active: i64) -> Option<i64> {
        let count = |k: i64| active + waiting.iter().filter(|t| **t < k).count() as i64;
        let most = active + waiting.len() as i64;
        let k = (0..=most).rev().find(|k| count(*k) >= *k).unwrap_or(0);
        (k > active).then_some(k)
    }

    #[derive(Debug, Clone)]
    enum Act {
        Join(i64),
        Leave(usize),
        LeaveActive,
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let threshold = prop_oneof![0..6_i64, 0..40_i64, 0..1100_i64, Just(THRESHOLD_MAX)];
        let act = prop_oneof![
            5 => threshold.prop_map(Act::Join),
            1 => any::<usize>().prop_map(Act::Leave),
            1 => Just(Act::LeaveActive),
        ];
        prop::collection::vec(act, 0..120)
    }

    proptest! {
        #[test]
        fn the_cascade_is_that_of_the_rule_whoever_comes_and_goes(acts in acts()) {
            let (mut tree, mut waiting, mut active) = (Whole::default(), Vec::<i64>::new(), 0);
            for act in acts {
                match act {
                    Act::Join(threshold) => {
                        waiting.push(threshold);
                        tree.run(|tree| tree.add(threshold, 1));
                    }
                    Act::Leave(which) if !waiting.is_empty() => {
                        let threshold = waiting.swap_remove(which % waiting.len());
                        tree.run(|tree| tree.add(threshold, -1));
                    }
                    Act::LeaveActive if active > 0 => active -= 1,
                    _ => {}
                }
                let wave = tree.run(|tree| tree.wave(active));
                prop_assert_eq!(wave.map(|wave| active + wave.people), oracle(&waiting, active));
                if let Some(wave) = wave {
                    let before = waiting.len() as i64;
                    waiting.retain(|t| *t > wave.up_to);
                    prop_assert_eq!(before - waiting.len() as i64, wave.people);
                    active += wave.people;
                    tree.run(|tree| tree.clear(wave.up_to));
                }
                // One more makes no wave of those who wait before enough have come.
                let missing = tree.run(|tree| tree.missing(active));
                let tips = |more: i64| {
                    let k = oracle(&waiting, active + more)?;
                    Some(k - active - more)
                };
                let expected = (1..=waiting.iter().max().map_or(0, |t| t + 1))
                    .find_map(|more| Some((more, tips(more)?)));
                prop_assert_eq!(missing, expected);
            }
        }
    }

    #[test]
    fn an_act_among_a_hundred_thousand_touches_a_page_per_level() {
        let mut tree = Whole::default();
        for n in 0..100_000_i64 {
            // Nobody tips: each asks for more than there are.
            let threshold = 100_000 + n * 7 % 100_000;
            tree.run(|tree| tree.add(threshold, 1));
        }
        tree.loads = 0;
        tree.run(|tree| tree.add(150_000, 1));
        assert!(tree.loads <= usize::from(LEVELS), "{}", tree.loads);
        tree.loads = 0;
        tree.run(|tree| tree.wave(0));
        tree.run(|tree| tree.missing(0));
        assert!(tree.loads <= 2 * usize::from(LEVELS), "{}", tree.loads);
        let wave = tree.run(|tree| tree.wave(100_000));
        assert!(wave.is_some_and(|wave| wave.people == 100_001));
        tree.run(|tree| tree.clear(THRESHOLD_MAX));
        assert!(tree.kept.is_empty());
    }
}
