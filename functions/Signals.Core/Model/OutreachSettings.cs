using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Model;

/// <summary>Who writes, when, and how much at most.</summary>
public sealed record OutreachSettings
{
    public OutreachMode Mode { get; init; } = OutreachMode.DryRun;

    /// <summary>Once live: hours after the first live event in which nothing is sent.</summary>
    public double WarmUpHours { get; init; } = 24;

    /// <summary>The most customer messages a UTC day; what does not fit waits for the next day or expires.</summary>
    public int PerDay { get; init; } = 500;

    public Sender From { get; init; } = new("help@localhost", null);

    public string? ReplyTo { get; init; }

    /// <summary>An inbox that mailboxes may write to for who wants no more mail, beside the link; null for none.</summary>
    public string? UnsubscribeTo { get; init; }

    public string? PostalAddress { get; init; }

    /// <summary>Where customers reach this app, for unsubscribe links; no trailing slash. Null: the host's own address.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>No customer message is sent in these hours of the person's own zone; null sends at any hour.</summary>
    public QuietHours? QuietHours { get; init; } = new(new TimeOnly(20, 0), new TimeOnly(8, 0));

    /// <summary>True sends on Saturdays and Sundays of the person's own zone too.</summary>
    public bool Weekends { get; init; }

    /// <summary>The most messages one person gets within so many days, whatever the cause or account.</summary>
    public SendCap PerPerson { get; init; } = new(1, 7);

    /// <summary>The most messages the people of one account get together; for accounts that are groups.</summary>
    public SendCap PerAccount { get; init; } = new(10, 7);

    /// <summary>The share of (person, playbook) pairs that by lot get no message, 0 to 0.9.</summary>
    public double Holdout { get; init; } = 0.1;

    /// <summary>
    /// True asks somebody's old address by a link whether a new one, which only a browser named, is theirs; until then, or a server's word,
    /// it waits.
    /// </summary>
    public bool ConfirmAddresses { get; init; }

    /// <summary>Whether people see inside the product how far they are with being set up.</summary>
    public bool Checklist { get; init; }

    /// <summary>Days after planning from which a message is stale and no longer sent.</summary>
    public double ExpireAfterDays { get; init; } = 3;
}

public enum OutreachMode
{
    /// <summary>Everything but the send.</summary>
    DryRun,
    Live,
}

public sealed record Sender(string Email, LocalText? Name);

/// <summary>From (inclusive) to (exclusive), over midnight when From is later than To.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To);

/// <summary>At most so many messages within so many days.</summary>
public sealed record SendCap(int Count, int Days);

/// <summary>
/// Something is broken: from then on, until it is over (null: until the model says so), help mail waits, or says sorry instead.
/// </summary>
/// <param name="What">What does not work, in words for customers.</param>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
/// <param name="Apologises">True sends the apology; false holds the mail.</param>
public sealed record Incident(LocalText What, DateTimeOffset From, DateTimeOffset? Until, bool Apologises)
{
    public bool IsOn(DateTimeOffset moment) => moment >= From && !(moment >= Until);
}

public sealed record AlertSettings
{
    /// <summary>Who is alerted for accounts without a CSM of their own.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>
    /// Addresses, and domains ("nimbus.example"), of those who may look after accounts; null: the domains of the team's own addresses in
    /// the model (<see cref="ValueModel.MayLookAfter"/>).
    /// </summary>
    public IReadOnlyList<string>? Csms { get; init; }

    public IReadOnlyList<AlertWebhook> Webhooks { get; init; } = [];

    /// <summary>Hours of working days (Monday to Friday in the model's zone) within which an alert should be answered.</summary>
    public double AnswerWithinHours { get; init; } = 24;

    /// <summary>
    /// How many accounts the team can care for at a time: no more are at risk or critical where there are a hundred accounts or more. Null:
    /// a tenth of them.
    /// </summary>
    public int? Capacity { get; init; }

    /// <summary>The language of alerts, digests and reports; null: the first of the model's.</summary>
    public string? Locale { get; init; }

    /// <summary>Who writes to the team; null: the outreach's address under the product's name.</summary>
    public Sender? From { get; init; }

    /// <summary>Where answers to alerts by mail go; null: to the first of <see cref="To"/>, unless that is who was written to.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Whether all alerts speak at once, or only those that cannot wait for the morning.</summary>
    public AlertTiming Timing { get; init; }

    /// <summary>The most alerts a week that one manager gets at once; what is more waits for the morning.</summary>
    public int AtOncePerWeek { get; init; } = 5;

    /// <summary>
    /// The price a month from which an account's turn for the worst cannot wait; null: that of the dearest plan
    /// (<see cref="ValueModel.IsHighPriced"/>).
    /// </summary>
    public double? HighPrice { get; init; }

    /// <summary>Where the team rests on public holidays: two letters (ISO 3166-1); null knows of none.</summary>
    public string? Country { get; init; }

    /// <summary>Those whose mornings or holidays are others than the team's.</summary>
    public IReadOnlyList<AlertManager> Managers { get; init; } = [];
}

public enum AlertTiming
{
    /// <summary>In one list each working morning, but for what cannot wait.</summary>
    Mornings,

    /// <summary>One by one, as they come.</summary>
    AtOnce,
}

/// <summary>A manager's own zone and country; null is the team's.</summary>
public sealed record AlertManager(string Email, TimeZoneInfo? TimeZone, string? Country);

/// <summary>
/// A chat webhook: <paramref name="Kind"/> is "slack" or "teams". Whoever knows <paramref name="Url"/> can post: it is a secret.
/// </summary>
public sealed record AlertWebhook(string Kind, string Url)
{
    /// <summary>Tells one webhook from another without giving it away: its host and a few digits of a hash.</summary>
    public string Label =>
        $"{(Uri.TryCreate(Url, UriKind.Absolute, out var parsed) ? parsed.Host : "webhook")} {MessageHash.Of(Url) >> 32:x8}";

    /// <summary>Never the address itself, so that it can't end in a log.</summary>
    public override string ToString() => $"{Kind} {Label}";

    public const string Slack = "slack";
    public const string Teams = "teams";
}
