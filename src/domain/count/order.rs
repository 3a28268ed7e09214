//! Options in order of what they got, with the tied ones side by side. A tie is a result, so nothing here
//! breaks one.

/// The options from most to least; those with equal keys share a tier, in the order of the poll.
#[must_use]
pub fn tiers<K: Ord>(keys: &[K]) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, &K)> = keys.iter().enumerate().collect();
    order.sort_by(|a, b| b.1.cmp(a.1));
    order
        .chunk_by(|a, b| a.1 == b.1)
        .map(|tier| tier.iter().map(|(option, _)| *option).collect())
        .collect()
}

/// The options that have the most: several when they are tied.
#[must_use]
pub fn leaders<K: Ord>(keys: &[K]) -> Vec<usize> {
    let most = keys.iter().max();
    (0..)
        .zip(keys)
        .filter(|(_, key)| Some(*key) == most)
        .map(|(option, _)| option)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_options_stand_side_by_side() {
        assert_eq!(tiers(&[3, 5, 0, 5]), [vec![1, 3], vec![0], vec![2]]);
        assert_eq!(leaders(&[3, 5, 0, 5]), [1, 3]);
        assert_eq!(tiers::<u8>(&[]), Vec::<Vec<usize>>::new());
        assert_eq!(leaders(&[0, 0]), [0, 1]);
    }
}
