//! Codes that people copy: an alphabet without look-alikes (Crockford's base 32: no I, L, O, U), read back in any case,
//! with or without hyphens and spaces, look-alikes forgiven.

/// Bits of one character.
const BITS: usize = 5;
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The lowest bits as `length` characters, 12 at most.
#[must_use]
pub(super) fn write(bits: u64, length: usize) -> String {
    let digit = |place: usize| {
        let digit = usize::try_from((bits >> (BITS * place)) & 31).unwrap_or_default();
        char::from(DIGITS.get(digit).copied().unwrap_or(b'0'))
    };
    (0..length).map(digit).collect()
}

/// The `length` characters of a code, as somebody typed it. None if it is no such code.
#[must_use]
pub(super) fn read(text: &str, length: usize) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(length + 1)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let all = code
        .chars()
        .all(|c| u8::try_from(c).is_ok_and(|c| DIGITS.contains(&c)));
    (all && code.chars().count() == length).then_some(code)
}
