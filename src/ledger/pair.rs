//! Pairs: each first with the nearest second that fits, no row twice.

use chrono::{Days, NaiveDate};

/// Something of a day, by its place in a list of its own.
pub(super) type Dated = (NaiveDate, usize);

/// Goes through the days from none to `most` apart, and through the firsts in their order, and offers each the seconds
/// that many days away: those of the later day before those of the earlier one. Both lists are in order of day.
/// `take` says whether it took the pair; no second is offered again after that, and no first.
pub(super) fn nearest(firsts: &[Dated], seconds: &[Dated], most: u64, mut take: impl FnMut(usize, usize) -> bool) {
    if seconds.is_empty() {
        return;
    }
    let mut free = vec![true; seconds.len()];
    let mut waiting: Vec<Dated> = firsts.to_vec();
    for distance in 0..=most {
        waiting.retain(|(on, first)| {
            let later = on.checked_add_days(Days::new(distance));
            let earlier = on.checked_sub_days(Days::new(distance)).filter(|_| distance > 0);
            for wanted in [later, earlier].into_iter().flatten() {
                let from = seconds.partition_point(|(day, _)| *day < wanted);
                let of_day = seconds.iter().enumerate().skip(from).take_while(|(_, (day, _))| *day == wanted);
                for (place, (_, second)) in of_day {
                    if free[place] && take(*first, *second) {
                        free[place] = false;
                        return false;
                    }
                }
            }
            true
        });
    }
}
