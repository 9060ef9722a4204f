#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| perchart::import::fuzzing::reader(bytes));
