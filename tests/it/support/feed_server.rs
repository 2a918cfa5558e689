//! A web server on loopback that answers as it is told and remembers what it was asked.

use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    serve::ListenerExt,
};
use futures_util::{StreamExt, stream};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinSet,
};

/// How long a request may be waited for.
const PATIENCE: Duration = Duration::from_secs(240);

/// What the server answers to one request.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Content,
    gate: Option<Arc<Semaphore>>,
}

#[derive(Clone, Debug)]
enum Content {
    Whole(Vec<u8>),
    /// A beginning, then the same bytes again and again until the client hangs up.
    Endless(Vec<u8>, Vec<u8>),
    /// Some bytes, then a broken connection.
    Broken(Vec<u8>),
    /// Nothing, not even a status.
    Silence,
}

impl Answer {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: Content::Whole(body.into()), gate: None }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body).header("content-type", "application/json; charset=utf-8")
    }

    pub fn html(body: &str) -> Self {
        Self::new(200, body).header("content-type", "text/html; charset=utf-8")
    }

    pub fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, "").header("location", location)
    }

    pub fn endless(beginning: impl Into<Vec<u8>>, again: impl Into<Vec<u8>>) -> Self {
        Self { body: Content::Endless(beginning.into(), again.into()), ..Self::new(200, "") }
    }

    pub fn broken(beginning: impl Into<Vec<u8>>) -> Self {
        Self { body: Content::Broken(beginning.into()), ..Self::new(200, "") }
    }

    pub fn silence() -> Self {
        Self { body: Content::Silence, ..Self::new(200, "") }
    }

    /// The whole body; nothing of one that has no end.
    pub fn bytes(self) -> Vec<u8> {
        if let Content::Whole(bytes) = self.body { bytes } else { Vec::new() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Answered only when the gate has a permit for it.
    pub fn behind(mut self, gate: &Arc<Semaphore>) -> Self {
        self.gate = Some(Arc::clone(gate));
        self
    }
}

/// A running server; it stops when dropped.
pub struct FeedServer {
    address: SocketAddr,
    desk: Arc<Desk>,
    _tasks: JoinSet<()>,
}

#[derive(Default)]
struct Desk {
    scripts: Mutex<HashMap<String, VecDeque<Answer>>>,
    asked: Mutex<Vec<(String, HeaderMap)>>,
    /// How often each path was asked for, and when any was last.
    counts: Mutex<(HashMap<String, usize>, Option<Instant>)>,
    in_flight: watch::Sender<usize>,
    most_in_flight: AtomicUsize,
    /// Paths of requests that came to a gate.
    waiting: watch::Sender<Vec<String>>,
    connections: AtomicUsize,
    chunks: Arc<AtomicUsize>,
}

impl FeedServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Arc::new(Desk::default());
        let counted = Arc::clone(&desk);
        let listener = listener.tap_io(move |_| {
            counted.connections.fetch_add(1, Ordering::SeqCst);
        });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&desk));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, desk, _tasks: tasks }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on this path is answered so.
    pub fn set(&self, path: &str, answer: Answer) {
        self.set_each(path, [answer]);
    }

    /// From now on this path is answered so, one after the other; the last one stays.
    pub fn set_each(&self, path: &str, answers: impl IntoIterator<Item = Answer>) {
        self.desk.scripts.lock().unwrap().insert(path.to_owned(), answers.into_iter().collect());
    }

    /// The headers of all requests for a path so far.
    pub fn asked(&self, path: &str) -> Vec<HeaderMap> {
        let asked = self.desk.asked.lock().unwrap();
        asked.iter().filter(|(of, _)| of == path).map(|(_, headers)| headers.clone()).collect()
    }

    /// How many requests for a path there were so far.
    pub fn count(&self, path: &str) -> usize {
        self.desk.counts.lock().unwrap().0.get(path).copied().unwrap_or_default()
    }

    /// How many requests for any path there were so far.
    #[allow(dead_code, reason = "the fault program asks")]
    pub fn count_all(&self) -> usize {
        self.desk.counts.lock().unwrap().0.values().sum()
    }

    /// When the last of them came.
    #[allow(dead_code, reason = "the fault program asks")]
    pub fn last_asked(&self) -> Option<Instant> {
        self.desk.counts.lock().unwrap().1
    }

    /// Paths asked for so far, in order.
    pub fn paths(&self) -> Vec<String> {
        self.desk.asked.lock().unwrap().iter().map(|(path, _)| path.clone()).collect()
    }

    /// Waits until so many requests are waiting for their answer at once.
    pub async fn until_in_flight(&self, count: usize) {
        let mut requests = self.desk.in_flight.subscribe();
        let waiting = requests.wait_for(|now| *now >= count);
        tokio::time::timeout(PATIENCE, waiting).await.expect("nobody asks").unwrap();
    }

    /// Waits until a path has been asked for so many times more. The first of them may still get an older answer, and when
    /// the next comes, a client that asks one after the other has taken in the one before.
    pub async fn until_asked_again(&self, path: &str, times: usize) {
        let wanted = self.count(path) + times;
        let mut requests = self.desk.in_flight.subscribe();
        let asked = requests.wait_for(|_| self.count(path) >= wanted);
        tokio::time::timeout(PATIENCE, asked).await.expect("nobody asks any more").unwrap();
    }

    /// Requests for a path that have come to a closed gate so far.
    pub fn held(&self, path: &str) -> usize {
        self.desk.waiting.borrow().iter().filter(|waiting| *waiting == path).count()
    }

    /// Waits until one has.
    pub async fn until_held(&self, path: &str) {
        let mut waiting = self.desk.waiting.subscribe();
        let held = waiting.wait_for(|waiting| waiting.iter().any(|waiting| waiting == path));
        tokio::time::timeout(PATIENCE, held).await.expect("nobody asks").unwrap();
    }

    pub fn most_in_flight(&self) -> usize {
        self.desk.most_in_flight.load(Ordering::SeqCst)
    }

    pub fn connections(&self) -> usize {
        self.desk.connections.load(Ordering::SeqCst)
    }

    /// Pieces of endless bodies handed out so far.
    pub fn chunks(&self) -> usize {
        self.desk.chunks.load(Ordering::SeqCst)
    }
}

/// An address on this computer where nobody listens.
pub async fn deserted_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    desk.asked.lock().unwrap().push((path.clone(), request.headers().clone()));
    {
        let mut counts = desk.counts.lock().unwrap();
        *counts.0.entry(path.clone()).or_default() += 1;
        counts.1 = Some(Instant::now());
    }
    let answer = {
        let mut scripts = desk.scripts.lock().unwrap();
        match scripts.get_mut(&path) {
            Some(script) if script.len() > 1 => script.pop_front().unwrap(),
            Some(script) => script.front().cloned().unwrap(),
            None => Answer::new(404, "nothing here"),
        }
    };
    desk.in_flight.send_modify(|now| *now += 1);
    desk.most_in_flight.fetch_max(*desk.in_flight.borrow(), Ordering::SeqCst);
    if let Some(gate) = &answer.gate {
        desk.waiting.send_modify(|waiting| waiting.push(path));
        gate.acquire().await.unwrap().forget();
    }
    desk.in_flight.send_modify(|now| *now -= 1);
    draw(&desk, request.headers(), answer).await
}

async fn draw(desk: &Desk, asked: &HeaderMap, answer: Answer) -> Response {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    if is_unchanged(asked, &answer) {
        return response.status(StatusCode::NOT_MODIFIED).body(Body::empty()).unwrap();
    }
    let body = match answer.body {
        Content::Whole(bytes) => Body::from(bytes),
        Content::Endless(beginning, again) => {
            let chunks = Arc::clone(&desk.chunks);
            let pieces = stream::once(async { beginning }).chain(stream::repeat_with(move || {
                chunks.fetch_add(1, Ordering::SeqCst);
                again.clone()
            }));
            Body::from_stream(pieces.map(Ok::<_, Infallible>))
        }
        Content::Broken(bytes) => Body::from_stream(stream::iter([Ok(bytes)]).chain(stream::once(async {
            // Lets what came before leave for the client first.
            tokio::task::yield_now().await;
            Err(std::io::Error::other("hung up"))
        }))),
        Content::Silence => std::future::pending().await,
    };
    response.body(body).unwrap()
}

/// Whether the client already has this answer: as servers do it, by comparing the validators byte for byte.
fn is_unchanged(asked: &HeaderMap, answer: &Answer) -> bool {
    [("etag", "if-none-match"), ("last-modified", "if-modified-since")].into_iter().any(|(given, sent_back)| {
        let given = answer.headers.iter().find(|(name, _)| name == given);
        given.is_some_and(|(_, value)| asked.get(sent_back).is_some_and(|sent| sent.as_bytes() == value.as_bytes()))
    })
}
