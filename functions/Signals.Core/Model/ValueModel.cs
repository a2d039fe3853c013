using Signals.Core.Model.Doors;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>
/// What value, features, onboarding, friction, plans, causes and playbooks are for one product: the parsed and validated model file.
/// Everything but <see cref="Product"/> and <see cref="Value"/> has a default. See docs/value-model.md for the file.
/// </summary>
public sealed record ValueModel
{
    public required string Product { get; init; }

    public required ValueDefinition Value { get; init; }

    public AccountsMode Accounts { get; init; } = AccountsMode.Person;

    /// <summary>ISO 4217, for display.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>For display, quiet hours of people without a zone of their own, and digests. Days of history are UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Languages messages are written in, best first.</summary>
    public IReadOnlyList<string> Locales { get; init; } = ["en"];

    public IReadOnlyList<Feature> Features { get; init; } = [];

    public ReachDefinition? Reach { get; init; }

    public IReadOnlyList<OnboardingStep> Onboarding { get; init; } = [];

    public IReadOnlyList<FrictionKind> Friction { get; init; } = [];

    /// <summary>What customers come for, where events can see it.</summary>
    public IReadOnlyList<CustomerGoal> Goals { get; init; } = [];

    /// <summary>Sets of accounts that the team gave a name.</summary>
    public IReadOnlyList<SegmentDefinition> Segments { get; init; } = [];

    /// <summary>Other systems that are told what happens.</summary>
    public IReadOnlyList<WebhookEndpoint> Webhooks { get; init; } = [];

    /// <summary>Other services that tell what happens there.</summary>
    public IReadOnlyList<Door> Doors { get; init; } = [];

    public FeedbackDefinition Feedback { get; init; } = new();

    /// <summary>What customers are asked, what comes first before the others.</summary>
    public IReadOnlyList<Survey> Surveys { get; init; } = [];

    public TicketDefinition Tickets { get; init; } = new();

    /// <summary>Events that say a customer thinks of leaving (<c>intent.leave</c>).</summary>
    public IReadOnlyList<string> LeaveIntent { get; init; } = [];

    public ChurnDefinition Churn { get; init; } = new();

    public BillingDefinition Billing { get; init; } = new();

    public ExpansionDefinition Expansion { get; init; } = new();

    public PeopleDefinition People { get; init; } = new();

    public IdDefinition Ids { get; init; } = new();

    public OptOutDefinition OptOut { get; init; } = new();

    public KeepDefinition Keep { get; init; } = new();

    public IReadOnlyList<FactDefinition> Facts { get; init; } = [];

    /// <summary>Plans by id (ordinal, ignoring case).</summary>
    public IReadOnlyDictionary<string, Plan> Plans { get; init; } = new Dictionary<string, Plan>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Sunset> Sunsets { get; init; } = [];

    /// <summary>Plans that are being retired.</summary>
    public IReadOnlyList<PlanSunset> PlanSunsets { get; init; } = [];

    public CauseSettings Causes { get; init; } = CauseSettings.Usual;

    /// <summary>Playbooks by cause id; a cause that is not in it has its default.</summary>
    public IReadOnlyDictionary<string, Playbook> Playbooks { get; init; } = new Dictionary<string, Playbook>(StringComparer.Ordinal);

    /// <summary>The risk score as history taught it; null weighs its features by reason.</summary>
    public RiskCalibration? Risk { get; init; }

    public OutreachSettings Outreach { get; init; } = new();

    /// <summary>What is or was broken in the product.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    public AlertSettings Alerts { get; init; } = new();

    /// <summary>
    /// The language that the team reads: alerts, digests and reports are written in it. The first of the product's that they exist in,
    /// unless the model says.
    /// </summary>
    public string TeamLocale => Alerts.Locale ?? Locales.FirstOrDefault(locale => Language.Of(locale).IsForTeam) ?? Language.English.Code;

    /// <summary>Who writes to the team: not the address that customers answer to as if it were help.</summary>
    public Sender TeamSender => new(Alerts.From?.Email ?? Outreach.From.Email, Alerts.From?.Name ?? $"{Product} Signals");

    /// <summary>
    /// True for an account that pays so much that its turn for the worst is told at once: from <c>alerts.highPrice</c> on, or from the
    /// price of the dearest plan, where there are several.
    /// </summary>
    public bool IsHighPriced(double price) =>
        price > 0 && price >= (Alerts.HighPrice ?? (Plans.Count > 1 ? Plans.Values.Max(plan => plan.Price) : double.MaxValue));

    /// <summary>Who hears of an account: its own CSM when that is one of ours, else everybody in <c>alerts.to</c>.</summary>
    public IEnumerable<string> AlertAddressesFor(string? csm) =>
        Mailbox.Parse(csm) is { IsPlain: true } own && MayLookAfter(own.Address)
            ? [own.Address]
            : Alerts.To.Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True for an address that may be told about customers. Who looks after an account comes with events, and alerts quote what customers
    /// wrote: an address that the model does not vouch for is told nothing.
    /// </summary>
    public bool MayLookAfter(string address)
    {
        int at = address.LastIndexOf('@');
        if (!Reading.Expect.IsEmail(address))
            return false;
        var listed =
            Alerts.Csms
            ?? [.. new[] { Alerts.From?.Email, Outreach.From.Email, Outreach.ReplyTo }.Concat(Alerts.To).OfType<string>().Select(DomainOf)];
        return listed.Contains(address, StringComparer.OrdinalIgnoreCase)
            || listed.Contains(address[(at + 1)..], StringComparer.OrdinalIgnoreCase);
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    /// <summary>Changes whenever the file's meaning does: reviews made under another fingerprint are redone.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The segment of that id; null when the model has none such.</summary>
    public SegmentDefinition? SegmentOf(string? id) => Segments.FirstOrDefault(segment => segment.Id == id);

    /// <summary>The survey of that id; null when the model has none such.</summary>
    public Survey? SurveyOf(string? id) => Surveys.FirstOrDefault(survey => survey.Id == id);

    /// <summary>The plan of that id, ignoring case; null when the model has none such.</summary>
    public Plan? PlanOf(string? id) => id is not null && Plans.TryGetValue(id, out var plan) ? plan : null;

    /// <summary>The feature of that id; null when the model has none such.</summary>
    public Feature? FeatureOf(string? id)
    {
        // Asked for every day to come of every person: without a closure.
        foreach (var feature in Features)
        {
            if (feature.Id == id)
                return feature;
        }
        return null;
    }

    /// <summary>
    /// The features that a plan's customers pay for. Features that name no plan belong to every plan, an unknown one too.
    /// </summary>
    public IEnumerable<Feature> FeaturesOf(string? plan) =>
        Features.Where(feature => feature.Plans.Count == 0 || feature.Plans.Contains(plan, StringComparer.OrdinalIgnoreCase));

    /// <summary>True from the day (UTC, by number) on which a feature's end was announced: nobody is led to it any more.</summary>
    public bool IsRetiring(string feature, int day) =>
        Sunsets.Any(sunset => sunset.Feature == feature && sunset.Announced.DayNumber <= day);

    /// <summary>True of a plan that ends, announced or not: nobody is led to it.</summary>
    public bool IsEnding(string plan) => PlanSunsets.Any(sunset => sunset.IsOf(plan));
}

public enum AccountsMode
{
    /// <summary>Every person is an account (B2C).</summary>
    Person,

    /// <summary>Groups are accounts (B2B); people without a group are kept, never reviewed.</summary>
    Group,
}

/// <summary>What counts as value, and how much of it makes a person active.</summary>
public sealed record ValueDefinition(string Unit, IReadOnlyList<ValueSource> From, Floor Floor);

/// <summary>
/// An event that carries value: <see cref="Amount"/> each time, or its numeric <see cref="Property"/> times <see cref="Scale"/>.
/// Exactly one of <see cref="Amount"/> and <see cref="Property"/> is set.
/// </summary>
public sealed record ValueSource(string Event, double? Amount, string? Property, double Scale = 1)
{
    /// <summary>What one event can carry at least, in the value's unit; a property outside its bounds is not counted.</summary>
    public double Least { get; init; }

    /// <summary>What one event can carry at most.</summary>
    public double Most { get; init; } = double.MaxValue;

    /// <summary>
    /// What no event can carry more of, where nothing is said: as much time as a day has for units of time, else no end.
    /// </summary>
    public static double UsualMost(string unit) =>
        unit.Trim().ToLowerInvariant() switch
        {
            "seconds" or "second" or "secs" or "sec" or "s" => 86_400,
            "minutes" or "minute" or "mins" or "min" => 1_440,
            "hours" or "hour" or "hrs" or "h" => 24,
            _ => double.MaxValue,
        };
}

/// <summary>The value a person needs within the window of so many days to count as active.</summary>
public sealed record Floor(double Amount = 15, int Days = 30);

public sealed record Feature(
    string Id,
    LocalText Name,
    IReadOnlyList<string> Events,
    bool Key,
    IReadOnlyList<string> Plans,
    LocalText? Help,
    LocalText? Description = null
);

/// <summary>How many of their own customers an account reaches: distinct values of <paramref name="Distinct"/> on these events.</summary>
public sealed record ReachDefinition(IReadOnlyList<string> Events, string? Distinct);

public sealed record OnboardingStep(
    string Id,
    LocalText Name,
    StepScope Scope,
    IReadOnlyList<string> Done,
    IReadOnlyList<string> Tried,
    IReadOnlyList<string> Failed,
    int WithinDays,
    LocalText? Help,
    IReadOnlyList<FaqEntry> Faq
)
{
    public const int DefaultWithinDays = 7;
}

public enum StepScope
{
    /// <summary>Done once for the whole account.</summary>
    Account,

    /// <summary>Done by each person.</summary>
    Person,
}

public sealed record FaqEntry(LocalText Question, LocalText Answer);

/// <summary>
/// A kind of obstacle, and what may be said to who met it: a page with a way around it, what was fixed, questions and answers.
/// </summary>
public sealed record FrictionKind(string Id, LocalText Name, IReadOnlyList<string> Events)
{
    public LocalText? Help { get; init; }

    /// <summary>What was done about it, in words for customers; null while it is not fixed.</summary>
    public LocalText? Fixed { get; init; }

    public IReadOnlyList<FaqEntry> Faq { get; init; } = [];
}

public sealed record FeedbackDefinition
{
    public IReadOnlyList<string> Nps { get; init; } = [];

    public IReadOnlyList<string> Csat { get; init; } = [];

    public IReadOnlyList<string> Ces { get; init; } = [];

    public string Score { get; init; } = "score";

    public string Comment { get; init; } = "comment";

    public string Channel { get; init; } = "channel";
}

public sealed record ChurnDefinition
{
    public IReadOnlyList<string> Events { get; init; } = [];

    public IReadOnlyList<string> Returned { get; init; } = [];
}

public sealed record BillingDefinition
{
    public IReadOnlyList<string> Failed { get; init; } = [];

    public IReadOnlyList<string> Recovered { get; init; } = [];

    /// <summary>
    /// The numeric property of a failed payment that says how much it was about, in the model's currency; null where none does.
    /// </summary>
    public string? Amount { get; init; } = "amount";
}

/// <summary>What tells that a customer could do with more than they pay for.</summary>
public sealed record ExpansionDefinition
{
    /// <summary>Events that say that a limit of the plan was met.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>So many of them in 30 days tell.</summary>
    public int Times { get; init; } = 3;

    /// <summary>Seats are full from this share of active people on.</summary>
    public double SeatsShare { get; init; } = 0.9;
}

/// <summary>Events that say that a person, the one they are about, was taken out of an account or put in again.</summary>
public sealed record PeopleDefinition
{
    public IReadOnlyList<string> Removed { get; init; } = ["Account Removed User"];

    public IReadOnlyList<string> Added { get; init; } = ["Account Added User"];

    /// <summary>Who is no customer: the usual rules, and the model's own.</summary>
    public IReadOnlyList<LeaveOutRule> LeaveOut { get; init; } = LeaveOutRule.Usual;
}

/// <summary>
/// Account facts that come in an event's properties: <see cref="Properties"/> maps a fact (an account trait's name:
/// plan, price, renewalAt, seats, ...) to the property that holds it.
/// </summary>
public sealed record FactDefinition(string Event, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>Every fact that an event can carry: the account traits that Signals uses.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "name",
        "plan",
        "mrr",
        "price",
        "seats",
        "csm",
        "strategic",
        "goal",
        "stage",
        "renewalAt",
        "trialEndsAt",
        "createdAt",
    ];
}

/// <summary>Price a month, and seats where the plan has them; a trait or fact of the account wins over both.</summary>
public sealed record Plan(string Id, double Price, int? Seats);
