//! Counting: real elections and broken files through the code of `cercles count`, and what must hold for any ballots.

mod elections;
mod files;
mod properties;
