#![no_main]

libfuzzer_sys::fuzz_target!(|cells: &str| perchart::import::fuzzing::date(cells));
