//! What became of assets: another share from a year on, or their end.

use chrono::{Datelike, NaiveDate};
use rusqlite::{Row, params};

use super::entry::{Asset, AssetEvent, Kind};
use super::table::day;
use super::{Book, Error};
use crate::money::Usd;
use crate::period::iso;

impl Book {
    /// Notes what became of an asset. It goes with the asset.
    ///
    /// # Errors
    /// [`Error::NoRecord`] where there is no such asset; [`Error::Unfit`] where it had ended before, or the event comes
    /// before the asset stood ready, or says nothing new of that year; another program is writing, or the disk fails.
    pub fn note_event(&mut self, asset: i64, event: AssetEvent) -> Result<(), Error> {
        let found: Option<Asset> = self.find(asset)?;
        let mut found: Vec<Asset> = found.into_iter().collect();
        self.tell_events(&mut found)?;
        let Some(known) = found.pop() else { return Err(Error::NoRecord { kind: Kind::Assets.word(), id: asset }) };
        if let Some(what) = fault(&known, event) {
            return Err(Error::Unfit { what });
        }
        let (year, share, on, proceeds) = match event {
            AssetEvent::Share { year, share_millionths } => (Some(year), Some(share_millionths), None, None),
            AssetEvent::Disposed { on, proceeds } => (None, None, Some(iso(on)), Some(proceeds.cents())),
        };
        let sql = "INSERT INTO asset_event (asset, year, share_millionths, disposed_on, proceeds_cents)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let noted = self.connection.execute(sql, params![asset, year, share, on, proceeds]);
        noted.map_err(|source| self.fail(source))?;
        super::file::empty_log(&self.connection);
        Ok(())
    }

    /// Forgets what was noted last of an asset, and says what it was; none where nothing was noted.
    ///
    /// # Errors
    /// Another program is writing, or the disk fails.
    pub fn forget_event(&mut self, asset: i64) -> Result<Option<AssetEvent>, Error> {
        let sql = "DELETE FROM asset_event WHERE id = (SELECT max(id) FROM asset_event WHERE asset = ?1)
                   RETURNING year, share_millionths, disposed_on, proceeds_cents";
        let gone = || self.connection.prepare(sql)?.query_map([asset], |row| event(row, 0))?.next().transpose();
        let gone = gone().map_err(|source| self.fail(source))?;
        super::file::empty_log(&self.connection);
        Ok(gone)
    }

    /// Gives assets what became of them, in order of date.
    pub(super) fn tell_events(&self, assets: &mut [Asset]) -> Result<(), Error> {
        let sql =
            "SELECT year, share_millionths, disposed_on, proceeds_cents FROM asset_event WHERE asset = ?1 ORDER BY id";
        let mut tell = || {
            let mut query = self.connection.prepare(sql)?;
            for asset in assets.iter_mut() {
                asset.events = query.query_map([asset.id], |row| event(row, 0))?.collect::<rusqlite::Result<_>>()?;
                asset.events.sort_by_key(AssetEvent::day);
            }
            Ok(())
        };
        tell().map_err(|source| self.fail(source))
    }
}

impl AssetEvent {
    /// The first day from which it counts.
    pub fn day(&self) -> NaiveDate {
        match self {
            AssetEvent::Share { year, .. } => NaiveDate::from_ymd_opt(*year, 1, 1).unwrap_or(NaiveDate::MIN),
            AssetEvent::Disposed { on, .. } => *on,
        }
    }
}

fn event(row: &Row, first: usize) -> rusqlite::Result<AssetEvent> {
    Ok(match row.get(first)? {
        Some(year) => AssetEvent::Share { year, share_millionths: row.get(first + 1)? },
        None => AssetEvent::Disposed { on: day(row, first + 2)?, proceeds: Usd::from_cents(row.get(first + 3)?) },
    })
}

/// Why an event cannot be one of an asset, if it cannot.
fn fault(asset: &Asset, event: AssetEvent) -> Option<String> {
    let name = &asset.name;
    let ended = asset.events.iter().find_map(|event| match event {
        AssetEvent::Disposed { on, .. } => Some(*on),
        AssetEvent::Share { .. } => None,
    });
    match event {
        AssetEvent::Disposed { .. } if ended.is_some() => {
            ended.map(|on| format!("{name} had left the business before, on {}", iso(on)))
        }
        AssetEvent::Disposed { on, .. } if on < asset.in_service => {
            Some(format!("{name} was placed in service on {}, after that day", iso(asset.in_service)))
        }
        AssetEvent::Disposed { proceeds, .. } if proceeds < Usd::ZERO => {
            Some("what came in for an asset is not negative".to_owned())
        }
        AssetEvent::Share { share_millionths, .. } if !(0..=1_000_000).contains(&share_millionths) => {
            Some("a business share lies between 0 and 100%".to_owned())
        }
        AssetEvent::Share { year, .. } if year <= asset.in_service.year() => Some(format!(
            "the share of {name} in {}, its first year, stands in its own record; a later share starts with a later year",
            asset.in_service.year()
        )),
        AssetEvent::Share { year, .. } if ended.is_some_and(|on| on.year() < year) => {
            Some(format!("{name} had left the business before {year}"))
        }
        AssetEvent::Share { year, .. } => {
            let same = |event: &AssetEvent| matches!(event, AssetEvent::Share { year: known, .. } if *known == year);
            asset.events.iter().any(same).then(|| format!("a share of {name} from {year} on is noted already"))
        }
        AssetEvent::Disposed { .. } => None,
    }
}
