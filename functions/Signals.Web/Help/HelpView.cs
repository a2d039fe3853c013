using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Messages;

namespace Signals.Web.Help;

/// <summary>What would help a person now, for the script or for a product that draws it itself.</summary>
/// <param name="Card">Null when there is nothing to say.</param>
/// <param name="Words">What buttons and the like are called, in the card's language; null without a card.</param>
/// <param name="Checklist">How far they are with being set up; null where the model shows none.</param>
internal sealed record HelpView(HelpCardView? Card, HelpWords? Words, ChecklistView? Checklist);

/// <param name="Id">For <c>POST /v1/help/{id}</c>.</param>
/// <param name="Kind"><c>help</c>, <c>news</c>, <c>thanks</c> or <c>survey</c>.</param>
/// <param name="Locale">The language of its words.</param>
/// <param name="Title">One line of plain text.</param>
/// <param name="Body">Plain text, block by block.</param>
/// <param name="Faq">Questions and answers that may help; often none.</param>
/// <param name="Step">The one step; null on surveys and some thanks.</param>
/// <param name="Survey">What to answer; null on all but surveys, whose question is the title.</param>
/// <param name="Seen">True when it was before the person's eyes already, on any device.</param>
/// <param name="Until">From then on it is not shown.</param>
internal sealed record HelpCardView(
    string Id,
    string Kind,
    string Locale,
    string Title,
    IReadOnlyList<HelpBlock> Body,
    IReadOnlyList<MessageFaq> Faq,
    CardStep? Step,
    SurveyView? Survey,
    bool Seen,
    DateTimeOffset Until
)
{
    public static HelpCardView Of(HelpCard card, RenderedCard words) =>
        new(
            card.Id,
            card.Kind,
            words.Locale,
            words.Title,
            [.. words.Body.Select(block => new HelpBlock(NameOf(block.Kind), block.Text))],
            words.Faq,
            words.Step,
            card.Survey is { } asked ? SurveyView.Of(asked, Language.Of(words.Locale)) : null,
            card.Life.SeenAt is not null,
            card.Life.Until
        );

    private static string NameOf(CardBlockKind kind) =>
        kind switch
        {
            CardBlockKind.Heading => "heading",
            CardBlockKind.Item => "item",
            _ => "text",
        };
}

/// <summary>A paragraph (<c>text</c>), <c>heading</c> or list <c>item</c>.</summary>
internal sealed record HelpBlock(string Kind, string Text);

/// <summary>What a product says of a card.</summary>
/// <param name="UserId">Whose it is: whom the token vouches for.</param>
/// <param name="Answer"><c>seen</c>, <c>done</c>, <c>dismissed</c> or <c>answered</c>.</param>
/// <param name="Score">Of a survey that is answered: a whole number on its scale.</param>
/// <param name="Comment">What was written beside it, if anything.</param>
internal sealed record HelpAnswerBody(string? UserId, string? Answer, double? Score = null, string? Comment = null);

/// <summary>The key that a product's server signs with.</summary>
internal sealed record HelpKeyView(string Key);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HelpView))]
[JsonSerializable(typeof(HelpAnswerBody))]
[JsonSerializable(typeof(HelpKeyView))]
internal sealed partial class HelpViewJson : JsonSerializerContext;
