//! What happens to the services of a scene: outages begin, go on and end by chance.

use crate::{
    scene::{Scene, Told},
    support::page::Posted,
};

/// A page keeps so many outages that are over.
const KEPT: usize = 8;

/// The outages of some services.
pub struct Stories {
    /// What each service's page shows.
    shown: Vec<Vec<Posted>>,
    /// Whether each page was read as it is now.
    is_read: Vec<bool>,
    /// What each outage is called.
    pub titles: Vec<String>,
}

impl Stories {
    pub fn new(services: usize) -> Self {
        Self { shown: vec![Vec::new(); services], is_read: vec![true; services], titles: Vec::new() }
    }

    /// Something happens to one service: it breaks, there is news, or it is well again.
    pub async fn turn(&mut self, scene: &Scene, random: &mut fastrand::Rng) {
        let number = random.usize(..self.shown.len());
        let posted = &mut self.shown[number];
        match posted.last_mut() {
            Some(last) if last.updates.last().is_some_and(|(phase, _)| *phase != "resolved") => {
                // What comes and goes between two polls nobody hears of.
                if !self.is_read[number] {
                    scene.page(number).until_read_often().await;
                }
                *last = if last.updates.len() < 3 && random.bool() {
                    last.clone().and("identified", "A cable is cut.")
                } else {
                    last.clone().resolved()
                };
            }
            Some(_) | None => {
                let title = format!("Trouble number {}.", self.titles.len());
                posted.push(Posted::new(&format!("i{}", self.titles.len()), &title, "critical"));
                self.titles.push(title);
                if posted.len() > KEPT {
                    posted.remove(0);
                }
            }
        }
        scene.page(number).show(posted);
        self.is_read[number] = false;
    }

    /// All is over, and every chat of both platforms hears of it.
    pub async fn end(&mut self, scene: &Scene) {
        for (number, posted) in self.shown.iter_mut().enumerate() {
            if let Some(last) = posted.last_mut()
                && last.updates.last().is_some_and(|(phase, _)| *phase != "resolved")
            {
                if !self.is_read[number] {
                    scene.page(number).until_read_often().await;
                }
                *last = last.clone().resolved();
            }
            scene.page(number).show(posted);
        }
        for title in &self.titles {
            let is_whole = |told: &[Told]| told.iter().any(|one| one.text.contains(": resolved"));
            scene.until_all(&format!("the end of {title}"), title, is_whole).await;
        }
    }

    /// What each chat was told of each outage, as one platform shows it.
    pub fn told(&self, scene: &Scene, told: fn(&Scene, &str) -> Vec<Vec<Told>>) -> Vec<Vec<Told>> {
        self.titles.iter().flat_map(|title| told(scene, title)).collect()
    }
}
