using System.Text.Json.Serialization;
using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Problems;

/// <summary>
/// A problem of the product that holds several accounts back, handed over to those who build it. There is one for each cause and what it is
/// about: one that comes back is handed over again.
/// </summary>
/// <param name="Cause">The cause's id.</param>
/// <param name="Detail">The step, feature or kind of friction that it is about; null for all of the cause.</param>
/// <param name="State">How far it is.</param>
/// <param name="HandedBy">Who handed it over, as the audit trail names people.</param>
/// <param name="HandedAt">When.</param>
/// <param name="Then">Whom it held back then.</param>
public sealed record Problem(
    string Cause,
    string? Detail,
    ProblemState State,
    string HandedBy,
    DateTimeOffset HandedAt,
    ProblemFigures Then
)
{
    public const int MaxNoteChars = 600;
    public const int MaxLinkChars = 500;

    /// <summary>What those who build the product are to know, or what became of it; plain text, empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Where it stands in their own tracker: an absolute http or https address; null for nowhere yet.</summary>
    public string? Link { get; init; }

    /// <summary>Who changed it last.</summary>
    public string ChangedBy { get; init; } = HandedBy;

    /// <summary>When.</summary>
    public DateTimeOffset ChangedAt { get; init; } = HandedAt;

    /// <summary>Names it in addresses and keys: sixteen hexadecimal digits.</summary>
    [JsonIgnore]
    public string Id => IdOf(Cause, Detail);

    public static string IdOf(string cause, string? detail) => MessageHash.Of(PeopleSummaries.Key(cause, detail)).ToString("x16");
}

public enum ProblemState
{
    HandedOver,
    InWork,
    Solved,
}

/// <summary>Whom a problem held back when it was handed over.</summary>
/// <param name="Accounts">So many accounts.</param>
/// <param name="AtRisk">So many of these were at risk or critical.</param>
/// <param name="People">So many people of these accounts.</param>
/// <param name="Price">What these accounts paid together a month, in the model's currency.</param>
public sealed record ProblemFigures(int Accounts, int AtRisk, int People, double Price);

/// <summary>An account that is behind a problem.</summary>
/// <param name="Key">Its partition.</param>
/// <param name="Id">Its id, as the customer sent it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Price">What it pays a month.</param>
/// <param name="Evidence">The first line of what is seen there.</param>
public sealed record ProblemAccount(AccountKey Key, string Id, string Name, double Price, Phrase Evidence);

/// <summary>How problems are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
