//! What a return holds once for each person on it.

use std::ops::{Deref, DerefMut, Index, IndexMut};

/// One for the filer, and on a joint return one for the spouse. A slice to whoever reads it; nothing is allocated.
#[derive(Clone, Debug, Default)]
pub struct Persons<T> {
    both: [T; 2],
    couple: bool,
}

impl<T> Persons<T> {
    /// Makes room for a couple, or for one. What stood there stays.
    #[inline]
    pub(super) fn seat(&mut self, couple: bool) {
        self.couple = couple;
    }
}

impl<T> Deref for Persons<T> {
    type Target = [T];
    #[inline]
    fn deref(&self) -> &[T] {
        if self.couple { &self.both } else { &self.both[..1] }
    }
}

impl<T> DerefMut for Persons<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        if self.couple { &mut self.both } else { &mut self.both[..1] }
    }
}

impl<T> Index<usize> for Persons<T> {
    type Output = T;
    #[inline]
    fn index(&self, at: usize) -> &T {
        debug_assert!(at < self.len(), "nobody is there");
        &self.both[at]
    }
}

impl<T> IndexMut<usize> for Persons<T> {
    #[inline]
    fn index_mut(&mut self, at: usize) -> &mut T {
        debug_assert!(at < self.len(), "nobody is there");
        &mut self.both[at]
    }
}

impl<'a, T> IntoIterator for &'a Persons<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Persons<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
