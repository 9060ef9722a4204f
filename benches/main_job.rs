//! The main job, timed.

fn main() {}
