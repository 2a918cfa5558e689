//! Timelines for each rule, and what holds for every sequence of readings.

mod conditions;
mod maintenances;
mod moved;
mod outages;
mod past;
mod probes;
mod random;
mod reports;
mod timeline;
