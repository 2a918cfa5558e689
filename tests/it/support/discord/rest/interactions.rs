//! Answers to what people typed and pressed.

use serde_json::{Value, json};

use super::{
    super::{
        check::{
            command,
            message::{self, Draft, EPHEMERAL, LOADING, Use},
        },
        form::{Faults, Form},
        limits, rate,
        refusal::Refusal,
        route, wire,
        world::{Acknowledged, Deed, Interaction, Place, World},
    },
    Reply,
    messages::{change, post},
};

const MESSAGE: i64 = 4;
const MESSAGE_LATER: i64 = 5;
const UPDATE_LATER: i64 = 6;
const UPDATE: i64 = 7;
const CHOICES: i64 = 8;

/// What a first answer says.
enum First {
    Message(Draft),
    MessageLater { is_ephemeral: bool },
    UpdateLater,
    Update(Draft),
    Choices(Vec<(String, Value)>),
}

fn read_first(body: &Value, deed: &Deed) -> Result<First, Refusal> {
    let faults = Faults::default();
    let read = Form::new(body, "", &faults).and_then(|form| {
        form.only(&["type", "data"]);
        form.require("type");
        let possible: &[i64] = match deed {
            Deed::Command => &[MESSAGE, MESSAGE_LATER],
            Deed::Completion(_) => &[CHOICES],
            Deed::Press(..) => &[MESSAGE, MESSAGE_LATER, UPDATE_LATER, UPDATE],
        };
        let kind = form.one_of("type", possible)?;
        if [MESSAGE, UPDATE, CHOICES].contains(&kind) {
            form.require("data");
        }
        let data = form.form("data");
        match (kind, deed) {
            (MESSAGE, _) => data.map(|data| First::Message(message::draft(&data, Use::Answer))),
            (UPDATE, _) => data.map(|data| First::Update(message::draft(&data, Use::Edit))),
            (CHOICES, Deed::Completion(kind)) => data.map(|data| First::Choices(command::read_choices(&data, *kind))),
            (MESSAGE_LATER, _) => Some(First::MessageLater { is_ephemeral: is_ephemeral(data.as_ref()) }),
            (UPDATE_LATER, _) => Some(First::UpdateLater),
            _ => None,
        }
    });
    faults.into_result()?;
    Ok(read.unwrap())
}

/// Whether a message that comes later will be for one pair of eyes: nothing else can be said of it yet.
fn is_ephemeral(data: Option<&Form<'_>>) -> bool {
    let Some(data) = data else { return false };
    // The rest is taken, and of no use.
    data.only(Use::Answer.fields());
    let flags = data.integer("flags", 0..=i64::MAX).unwrap_or_default();
    if flags & !i64::try_from(EPHEMERAL).unwrap() != 0 {
        data.fault("flags", "MESSAGE_FLAGS_INVALID", "Only the ephemeral flag can be set here");
    }
    flags != 0
}

pub fn callback(world: &mut World, id: u64, token: &str, body: &Value, wants_answer: bool) -> Result<Reply, Refusal> {
    let now = world.now();
    let found = world.interactions.get(&id).filter(|one| one.token == token).cloned();
    let asked = found.ok_or_else(Refusal::unknown_interaction)?;
    if asked.acknowledged.is_some() {
        return Err(Refusal::already_acknowledged());
    }
    if now - asked.asked_at > rate::millis(world.settings.answer_within) {
        return Err(Refusal::unknown_interaction());
    }
    let by = Some((asked.id, asked.person));
    let (acknowledged, original) = match read_first(body, &asked.deed)? {
        First::Message(draft) => {
            if draft.is_empty() {
                return Err(Refusal::empty_message());
            }
            (Acknowledged::Message, Some(post(world, asked.channel, &draft, by)))
        }
        First::MessageLater { is_ephemeral } => {
            let mut draft = message::read(&json!({}), Use::Answer)?;
            draft.flags = Some(LOADING | if is_ephemeral { EPHEMERAL } else { 0 });
            (Acknowledged::Message, Some(post(world, asked.channel, &draft, by)))
        }
        First::UpdateLater => (Acknowledged::Later, pressed(&asked)),
        First::Update(draft) => {
            let place = pressed(&asked).ok_or_else(Refusal::unknown_message)?;
            change(world, place, &draft)?;
            (Acknowledged::Update, Some(place))
        }
        First::Choices(choices) => (Acknowledged::Choices(choices), None),
    };
    let interaction = world.interactions.get_mut(&id).unwrap();
    interaction.acknowledged = Some((acknowledged, now));
    interaction.original = original;
    if !wants_answer {
        return Ok(Reply::nothing());
    }
    let told = original.and_then(|place| Some(wire::message(world, place.channel, world.message(place)?)));
    Ok(Reply::ok(json!({"interaction": {"id": id.to_string(), "type": 2}, "resource": {"type": 4, "message": told}})))
}

fn pressed(asked: &Interaction) -> Option<Place> {
    match asked.deed {
        Deed::Press(place, _) => Some(place),
        Deed::Command | Deed::Completion(_) => None,
    }
}

/// The interaction whose token may still be used.
fn open(world: &World, application: u64, token: &str) -> Result<Interaction, Refusal> {
    let found = route::interaction_of(token).and_then(|id| world.interactions.get(&id));
    let found = found.filter(|one| one.token == token && application == world.application);
    let found = found.filter(|one| one.acknowledged.is_some()).ok_or_else(Refusal::unknown_webhook)?;
    if world.now() - found.asked_at > rate::millis(world.settings.token_life) {
        return Err(Refusal::invalid_webhook_token());
    }
    Ok(found.clone())
}

/// The message among an interaction's answers; `None` is the first.
fn find(world: &World, asked: &Interaction, message: Option<u64>) -> Result<Place, Refusal> {
    let mut own = asked.original.iter().chain(&asked.follow_ups);
    let found = match message {
        None => asked.original.as_ref(),
        Some(message) => own.find(|place| place.message == message),
    };
    found.copied().filter(|place| world.message(*place).is_some()).ok_or_else(Refusal::unknown_message)
}

pub fn follow_up(world: &mut World, application: u64, token: &str, body: &Value) -> Result<Reply, Refusal> {
    let asked = open(world, application, token)?;
    if asked.is_user_install && asked.follow_ups.len() >= limits::USER_INSTALL_FOLLOW_UPS {
        return Err(Refusal::too_many_follow_ups());
    }
    let draft = message::read(body, Use::FollowUp)?;
    if draft.is_empty() {
        return Err(Refusal::empty_message());
    }
    // What comes after "thinking" takes its place.
    let thinking = asked.original.filter(|place| world.message(*place).is_some_and(|one| one.is_thinking()));
    let place = if let Some(place) = thinking {
        change(world, place, &Draft { flags: None, ..draft })?;
        place
    } else {
        let place = post(world, asked.channel, &draft, Some((asked.id, asked.person)));
        world.interactions.get_mut(&asked.id).unwrap().follow_ups.push(place);
        place
    };
    Ok(Reply::ok(wire::message(world, place.channel, world.message(place).unwrap())))
}

pub fn read(world: &World, application: u64, token: &str, message: Option<u64>) -> Result<Reply, Refusal> {
    let asked = open(world, application, token)?;
    let place = find(world, &asked, message)?;
    Ok(Reply::ok(wire::message(world, place.channel, world.message(place).unwrap())))
}

pub fn edit(
    world: &mut World,
    application: u64,
    token: &str,
    message: Option<u64>,
    body: &Value,
) -> Result<Reply, Refusal> {
    let asked = open(world, application, token)?;
    let place = find(world, &asked, message)?;
    let draft = message::read(body, Use::Edit)?;
    change(world, place, &draft)?;
    Ok(Reply::ok(wire::message(world, place.channel, world.message(place).unwrap())))
}

pub fn delete(world: &mut World, application: u64, token: &str, message: Option<u64>) -> Result<Reply, Refusal> {
    let asked = open(world, application, token)?;
    let place = find(world, &asked, message)?;
    world.channels.get_mut(&place.channel).unwrap().messages.remove(&place.message);
    Ok(Reply::nothing())
}
