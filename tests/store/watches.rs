//! Pages that chats watch: with their subscriptions, within limits, and until nobody does any more.

use foghorn::{
    domain::{
        Change, ChatId, Filter, Platform, RequestId, Severity, Subscription, Topic, Watch, WatchLimit, WatchLimits,
        WatchedPage,
    },
    store::{Applied, PageEnd},
};

use crate::bench::{Bench, addresses, chat, is_gone, over_both, page, subscription, topic};

const ROOMY: WatchLimits = WatchLimits { per_chat: 10, overall: 100 };

/// What a chat wants that watches a page: the watch, and the subscription to it.
pub(crate) fn wish(chat: &ChatId, page: &WatchedPage, name: Option<&str>, limits: WatchLimits) -> Vec<Change> {
    let watch = Watch { page: page.clone(), name: name.map(str::to_owned) };
    let wanted = subscription(chat, Topic::Service(page.id.clone()), Filter::default());
    vec![Change::Watch { chat: chat.clone(), watch, limits }, Change::Subscribe(wanted)]
}

impl Bench {
    pub(crate) async fn watch(&mut self, chat: &ChatId, page: &WatchedPage, name: Option<&str>) {
        self.apply(wish(chat, page, name, ROOMY)).await;
    }

    async fn watched(&self, chat: &ChatId) -> Vec<String> {
        let watches = self.store().watches(chat).await.unwrap();
        watches.into_iter().map(|watch| watch.name.unwrap_or(watch.page.name)).collect()
    }

    async fn subscriptions(&self, chat: &ChatId) -> Vec<Subscription> {
        self.store().subscriptions(chat).await.unwrap()
    }

    async fn pages(&self) -> Vec<(String, bool)> {
        let pages = self.store().pages().await.unwrap();
        pages.into_iter().map(|(page, is_watched)| (page.name, is_watched)).collect()
    }

    async fn end_page(&self, page: &WatchedPage) -> PageEnd {
        self.store().end_page(&page.id).await.unwrap()
    }
}

over_both! {
    async fn a_watch_is_there_after_a_restart_and_ends_with_its_subscription(bench: Bench) {
        let here = chat("here");
        bench.watch(&here, &page(0), Some("Ours")).await;
        bench.restart();
        assert_eq!(bench.store().watches(&here).await.unwrap(), [Watch { page: page(0), name: Some("Ours".to_owned()) }]);
        assert_eq!(bench.store().pages().await.unwrap(), [(page(0), true)]);
        assert_eq!(bench.watched(&chat("her")).await, Vec::<String>::new());
        bench.watch(&here, &page(0), None).await;
        assert_eq!(bench.watched(&here).await, ["Page 0"], "what it is called can be changed");
        bench.unsubscribe(&here, Topic::Service(page(0).id)).await;
        assert_eq!(bench.watched(&here).await, Vec::<String>::new());
        assert_eq!(bench.pages().await, [("Page 0".to_owned(), false)], "nobody watches it, but it is still being read");
    }

    async fn a_page_ends_with_its_incidents_when_nobody_watches_it_and_its_numbers_are_not_given_out_again(bench: Bench) {
        let (here, there) = (chat("here"), chat("there"));
        bench.watch(&here, &page(0), None).await;
        bench.watch(&there, &page(0), None).await;
        let id = bench.open(page(0).id.as_str(), Severity::MajorOutage).await;
        let claims = bench.claim(1).await;
        bench.unsubscribe(&here, Topic::Service(page(0).id)).await;
        assert_eq!(bench.end_page(&page(0)).await, PageEnd::Watched);
        assert_eq!(bench.store().history(&page(0).id, 9).await.unwrap().len(), 1);

        bench.unsubscribe(&there, Topic::Service(page(0).id)).await;
        assert_eq!(bench.end_page(&page(0)).await, PageEnd::Ended);
        assert_eq!(bench.pages().await, []);
        assert_eq!(bench.store().history(&page(0).id, 9).await.unwrap(), []);
        assert_eq!(bench.store().incident(&id).await.unwrap(), None);
        // What was being sent when it ended is of no consequence.
        for claim in &claims {
            bench.tell_all(claim).await;
        }
        assert_eq!((bench.next_due().await, bench.backlog().await), (None, (0, 0, 0)));
        bench.restart();
        let track = bench.store().track(&page(0).id).await.unwrap().unwrap();
        assert_eq!((track.sources.len(), track.incidents.len(), track.next_number), (0, 0, 2));
    }

    async fn a_page_with_a_long_history_ends_in_parts(bench: Bench) {
        let here = chat("here");
        bench.watch(&here, &page(0), None).await;
        for _ in 0..70 {
            let id = bench.open(page(0).id.as_str(), Severity::Degraded).await;
            bench.resolve(&id).await;
        }
        bench.unsubscribe(&here, Topic::Service(page(0).id)).await;
        assert_eq!(bench.end_page(&page(0)).await, PageEnd::Partly);
        assert_eq!(bench.end_page(&page(0)).await, PageEnd::Ended);
        assert_eq!(bench.store().history(&page(0).id, 9).await.unwrap(), []);
    }

    async fn limits_hold_and_what_breaks_one_changes_nothing(bench: Bench) {
        let (here, there) = (chat("here"), chat("there"));
        let limits = WatchLimits { per_chat: 2, overall: 3 };
        let id = |number: u32| RequestId(format!("watch {number}").into());
        let mut asked = 0;
        let mut ask = |chat: &ChatId, number: usize| {
            asked += 1;
            (id(asked), wish(chat, &page(number), None, limits))
        };
        for (chat, number, expect) in [
            (&here, 0, Applied::Now),
            (&here, 1, Applied::Now),
            (&here, 2, Applied::Full(WatchLimit::PerChat)),
            (&here, 1, Applied::Now),
            (&there, 2, Applied::Now),
            (&there, 3, Applied::Full(WatchLimit::Overall)),
            // One that is watched anyway costs nothing.
            (&there, 0, Applied::Now),
        ] {
            let (request, changes) = ask(chat, number);
            assert_eq!(bench.store().apply(&request, changes, bench.now).await.unwrap(), expect, "{chat} {number}");
        }
        assert_eq!((bench.watched(&here).await.len(), bench.subscriptions(&here).await.len()), (2, 2));
        bench.unsubscribe(&here, Topic::Service(page(1).id)).await;
        // The request that was refused may be made again, and the page that nobody watches takes nobody's room.
        let again = bench.store().apply(&id(3), wish(&here, &page(2), None, limits), bench.now).await.unwrap();
        assert_eq!(again, Applied::Now);
    }

    async fn chats_with_the_same_page_share_it_and_each_calls_it_by_its_own_name(bench: Bench) {
        bench.watch(&chat("one"), &page(0), Some("Ours")).await;
        let other = WatchedPage { name: "Another title".to_owned(), ..page(0) };
        bench.watch(&chat("two"), &other, None).await;
        assert_eq!(bench.pages().await, [("Page 0".to_owned(), true)]);
        bench.open(page(0).id.as_str(), Severity::MajorOutage).await;
        let claims = bench.claim(9).await;
        let names: Vec<&str> = claims.iter().map(|claim| claim.incident.service_name.as_str()).collect();
        assert_eq!(addresses(&claims), ["one", "two"]);
        assert_eq!(names, ["Ours", page(0).id.as_str().to_uppercase().as_str()]);
    }

    async fn watches_move_with_their_chat_and_end_when_it_is_gone(bench: Bench) {
        let (group, supergroup) = (chat("group"), chat("supergroup"));
        bench.watch(&group, &page(0), Some("Ours")).await;
        bench.watch(&group, &page(1), Some("Old name")).await;
        bench.watch(&supergroup, &page(1), Some("New name")).await;
        bench.apply(vec![Change::Move { from: group.clone(), to: supergroup.clone() }]).await;
        let mut moved = bench.watched(&supergroup).await;
        moved.sort();
        assert_eq!(moved, ["New name", "Ours"]);
        assert_eq!(bench.watched(&group).await, Vec::<String>::new());

        bench.apply(vec![Change::Leave { platform: Platform::Telegram, place: "supergroup".into() }]).await;
        assert_eq!(bench.watched(&supergroup).await, Vec::<String>::new());
        assert!(bench.pages().await.iter().all(|(_, is_watched)| !is_watched));

        bench.watch(&chat("blocked"), &page(0), None).await;
        bench.open(page(0).id.as_str(), Severity::MajorOutage).await;
        let claim = bench.claim_one().await;
        bench.settle(&claim, is_gone()).await;
        assert_eq!(bench.watched(&chat("blocked")).await.len(), 1, "it rests");
        bench.store().end_suspended(bench.now).await.unwrap();
        assert_eq!(bench.watched(&chat("blocked")).await, Vec::<String>::new());
        bench.watch(&chat("all"), &page(0), None).await;
        bench.apply(vec![Change::UnsubscribeAll { chat: chat("all") }]).await;
        assert_eq!(bench.watched(&chat("all")).await, Vec::<String>::new());
    }

    async fn two_documents_with_one_id_stand_side_by_side(bench: Bench) {
        let (here, there, third) = (chat("here"), chat("there"), chat("third"));
        let forged = WatchedPage { id: page(0).id, ..page(1) };
        bench.watch(&here, &page(0), None).await;
        bench.watch(&there, &forged, None).await;
        bench.watch(&third, &forged, None).await;
        assert_eq!(bench.watched(&here).await, ["Page 0"]);
        assert_eq!(bench.watched(&there).await, ["Page 1"]);
        assert_eq!(bench.pages().await.len(), 2);
        let watch = bench.store().watches(&there).await.unwrap().remove(0);
        assert_ne!(watch.page.id, page(0).id);
        assert_eq!(watch.page.url, page(1).url);
        let topics: Vec<Topic> = bench.subscriptions(&there).await.into_iter().map(|wanted| wanted.topic).collect();
        assert_eq!(topics, [Topic::Service(watch.page.id.clone())]);
        bench.open(watch.page.id.as_str(), Severity::MajorOutage).await;
        assert_eq!(addresses(&bench.claim(9).await), ["there", "third"], "those who watch the other hear nothing");
    }

    async fn what_is_no_page_is_no_watch(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        assert_eq!((bench.watched(&here).await.len(), bench.pages().await.len()), (0, 0));
    }
}
