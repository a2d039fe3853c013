using System.Text.Json.Serialization;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Cards;

/// <summary>The one card that a person may be shown, with what became of it.</summary>
/// <param name="OutreachId">The outreach it carries.</param>
/// <param name="Kind">What kind of card: one of <see cref="CardKinds"/>.</param>
/// <param name="Words">What it says; null once it is over.</param>
/// <param name="Life">What became of it.</param>
public sealed record HelpCard(string OutreachId, string Kind, RenderedCard? Words, CardLife Life)
{
    /// <summary>What it asks, with the ends of the scale; null for what is no survey.</summary>
    public MessageSurvey? Survey { get; init; }

    /// <summary>
    /// The outreach's id without its account, which is nothing for a browser to know: 17 digits, a hyphen, 16 hexadecimal ones.
    /// </summary>
    [JsonIgnore]
    public string Id => IdOf(new OutreachId(OutreachId));

    /// <summary>The account that it speaks of.</summary>
    [JsonIgnore]
    public AccountKey Account => new OutreachId(OutreachId).Account;

    public static string IdOf(OutreachId id) => $"{id.Value[..17]}-{id.Value[18..34]}";

    public static HelpCard Of(OutreachRecord record, RenderedCard words, CardLife life) =>
        new(record.Id, CardKinds.Of(record.Cause), words, life) { Survey = record.Variables.Survey };
}
