//! How texts are drawn.

use crate::support::discord::{Mark, draw};

#[test]
fn markup_is_drawn_and_what_is_escaped_is_read() {
    let drawn = draw("**bold** *thin* _thin_ __under__ ~~old~~ ||dark|| `code` snake_case_name 2 * 3 * 4");
    assert_eq!(drawn.text, "bold thin thin under old dark code snake_case_name 2 * 3 * 4");
    let thin = || Mark::Italic("thin".to_owned());
    let expected = [
        Mark::Bold("bold".to_owned()),
        thin(),
        thin(),
        Mark::Underlined("under".to_owned()),
        Mark::Struck("old".to_owned()),
        Mark::Spoiler("dark".to_owned()),
        Mark::Code("code".to_owned()),
    ];
    assert_eq!(drawn.marks, expected);
    let hostile =
        r"\*\*bold\*\* \_thin\_ \~\~old\~\~ \|\|dark\|\| \`code\` \[text\]\(https\://x.example\) \<@1\> \@everyone";
    let drawn = draw(hostile);
    assert_eq!(drawn.text, "**bold** _thin_ ~~old~~ ||dark|| `code` [text](https://x.example) <@1> @everyone");
    assert_eq!(drawn.marks, []);
}

#[test]
fn mentions_times_links_and_lines_are_recognised() {
    let text = "# Head\n> said\n- one\n1. two\n-# small\n<@1> <@&2> <#3> </ask:4> @here <t:5:R> <:wave:6>\n\
                [**a**](https://a.example) https://b.example. <https://c.example> [x](ftp://d)";
    let drawn = draw(text);
    let mention = |text: &str| Mark::Mention(text.to_owned());
    let link = |text: &str, url: &str| Mark::Link { text: text.to_owned(), url: url.to_owned() };
    let expected = [
        Mark::Heading,
        Mark::Quote,
        Mark::ListItem,
        Mark::ListItem,
        Mark::Small,
        mention("@1"),
        mention("@&2"),
        mention("#3"),
        mention("/ask:4"),
        mention("@here"),
        Mark::Time(5),
        Mark::Emoji("wave".to_owned()),
        link("a", "https://a.example"),
        Mark::Bold("a".to_owned()),
        link("https://b.example", "https://b.example"),
        link("https://c.example", "https://c.example"),
    ];
    assert_eq!(drawn.marks, expected);
    assert!(drawn.text.contains("[x](ftp://d)"));
}
