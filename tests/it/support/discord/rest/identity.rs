//! Who the bot is and where the gateway is.

use serde_json::json;

use super::{
    super::{wire, world::World},
    Reply,
};

pub fn gateway(world: &World) -> Reply {
    Reply::ok(json!({"url": format!("ws://{}", world.address)}))
}

pub fn gateway_bot(world: &World) -> Reply {
    let settings = &world.settings;
    Reply::ok(json!({
        "url": format!("ws://{}", world.address), "shards": settings.shards,
        "session_start_limit": {
            "total": 1000, "remaining": settings.identifies_left, "reset_after": 86_400_000,
            "max_concurrency": settings.max_concurrency,
        },
    }))
}

pub fn me(world: &World) -> Reply {
    Reply::ok(wire::bot(world))
}

pub fn application(world: &World) -> Reply {
    Reply::ok(wire::application(world))
}
