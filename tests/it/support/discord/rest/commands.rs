//! The commands an app has.

use serde_json::{Value, json};

use super::{
    super::{check::command, refusal::Refusal, world::World},
    Reply,
};

pub fn list(world: &World, application: u64) -> Result<Reply, Refusal> {
    own(world, application)?;
    Ok(Reply::ok(json!(world.commands)))
}

/// Replaces all of them. Those whose name was there before keep their id and are not new.
pub fn set(world: &mut World, application: u64, body: &Value) -> Result<Reply, Refusal> {
    own(world, application)?;
    let declared = command::read_all(body)?;
    let is_new = |one: &&Value| !world.commands.iter().any(|old| old["name"] == one["name"]);
    let created = world.created_commands + declared.iter().filter(is_new).count();
    if created > world.settings.command_creates {
        return Err(Refusal::too_many_creates());
    }
    let mut commands = Vec::new();
    for mut command in declared {
        let old = world.commands.iter().find(|old| old["name"] == command["name"]).map(|old| old["id"].clone());
        command["id"] = old.unwrap_or_else(|| json!(world.next_id().to_string()));
        command["application_id"] = json!(application.to_string());
        command["version"] = json!(world.next_id().to_string());
        for (key, usual) in [
            ("type", json!(1)),
            ("default_member_permissions", Value::Null),
            ("nsfw", json!(false)),
            ("integration_types", json!([0])),
            ("contexts", Value::Null),
            ("name_localizations", Value::Null),
            ("description_localizations", Value::Null),
        ] {
            if command.get(key).is_none() {
                command[key] = usual;
            }
        }
        commands.push(command);
    }
    world.created_commands = created;
    world.registrations += 1;
    world.commands = commands;
    Ok(Reply::ok(json!(world.commands)))
}

fn own(world: &World, application: u64) -> Result<(), Refusal> {
    if application == world.application { Ok(()) } else { Err(Refusal::unknown_application()) }
}
