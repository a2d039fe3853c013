using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.State.Indexes;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>What somebody asked the list of accounts for, as it stands in the address: a saved link shows the same again.</summary>
internal sealed record AccountFilters(
    string? Search,
    string? Risk,
    string? Cause,
    string? Plan,
    string? Stage,
    string? Worth,
    bool Strategic,
    AccountOrder Order,
    bool Inside
)
{
    /// <summary>Whose accounts.</summary>
    public required CsmChoice Choice { get; init; }

    /// <summary>The id of one of the model's segments.</summary>
    public string? Segment { get; init; }

    public const string Path = "/accounts";
    public const string CsvPath = "/accounts.csv";

    /// <summary>Throws <see cref="ApiRefusal"/> for what no form of ours sends.</summary>
    public static (AccountFilters Filters, AccountQuery Query) Of(PageRequest request)
    {
        var choice = CsmChoice.Of(request);
        var query = AccountQuery.FiltersOf(request.Http) with { Csm = choice.Csm };
        bool inside = Query.OneOf(request.Http, "inside", ["yes"]) is not null;
        string? search = request.One("q")?.Trim() is { Length: > 0 } text ? text : null;
        var filters = new AccountFilters(
            search,
            query.Levels.Count == 0 ? null : string.Join(',', query.Levels.Select(level => level.Name())),
            query.Cause,
            query.Plan,
            query.Stage,
            query.Worth?.ToString(),
            query.StrategicOnly,
            query.Order,
            inside
        )
        {
            Choice = choice,
            Segment = query.Segment,
        };
        query = query with { NamePrefix = inside ? null : search, Text = inside ? search : null, Today = request.Reader.Today };
        return (filters, query with { After = AccountPages.CursorOf(query).Read(request.Http) });
    }

    /// <summary>True when something is left out.</summary>
    public bool Any =>
        Search is not null
        || Risk is not null
        || Cause is not null
        || Plan is not null
        || Choice.Value is not null and not CsmChoice.Everybody
        || Segment is not null
        || Stage is not null
        || Worth is not null
        || Strategic;

    /// <summary>True when one of the filters is set that stand behind "More filters".</summary>
    public bool AnyOfTheRest => Plan is not null || Stage is not null || Worth is not null || Strategic;

    public string Address(string path = Path, string? cursor = null) =>
        Links.With(
            path,
            ("q", Search),
            ("risk", Risk),
            ("cause", Cause),
            ("plan", Plan),
            ("csm", Choice.Value),
            (OwnSegments.Parameter, Segment),
            ("stage", Stage),
            ("worth", Worth),
            ("strategic", Strategic ? "yes" : null),
            ("sort", Order == AccountOrder.Risk ? null : Order.Name()),
            ("inside", Inside ? "yes" : null),
            ("cursor", cursor)
        );

    /// <summary>The form that sets them.</summary>
    public Html Form(Reader reader, FilterChoices choices, OwnSegments segments)
    {
        (string, string) any = ("", reader.Say("Any"));
        var risks = RiskChoices(reader);
        var causes = CauseCatalogue
            .Ids.Select(cause => (cause, CauseWords.Name(reader, cause)))
            .OrderBy(cause => cause.Item2, StringComparer.Ordinal);
        string[] quarters =
        [
            reader.Say("Lowest quarter"),
            reader.Say("Second quarter"),
            reader.Say("Third quarter"),
            reader.Say("Highest quarter"),
        ];
        Html check = $"""<input type="checkbox" name="strategic" value="yes"{Html.When(Strategic, $" checked")}>""";
        string open = AnyOfTheRest ? "open" : "closed";
        Html rest = $"""
            <div class="filters">
            {Forms.Form.Select("plan", reader.Say("Plan"), Plan, [any, .. Named(choices.Plans, Plan)])}
            {Forms.Form.Select("stage", reader.Say("Stage"), Stage, [any, .. Named(choices.Stages, Stage)])}
            {Forms.Form.Select(
                "worth", reader.Say("Value per price"), Worth,
                [any, .. quarters.Select((name, i) => ($"{i + 1}", name))])}
            <label class="check">{check}<span>{reader.Say("Strategic only")}</span></label>
            </div>
            """;

        return $"""
            <form method="get" action="{Path}" role="search" class="accounts-filter">
            <div class="filters">
            <label class="field wide"><span>{reader.Say("Name begins with")}</span>
            <input type="search" name="q" value="{Search}" maxlength="200" autocomplete="off"></label>
            {Forms.Form.Select("risk", reader.Say("Risk"), Risk, [any, .. risks])}
            {Forms.Form.Select("cause", reader.Say("Cause"), Cause, [any, .. causes])}
            {Forms.Form.Select(
                "csm",
                reader.Say("CS manager"),
                Choice.Chosen(choices.Csms),
                [.. Choice.Choices(reader, choices.Csms, any.Item2)]
            )}
            {segments.Field(reader, Segment)}
            {Forms.Form.Select(
                "sort", reader.Say("Order"), Order == AccountOrder.Risk ? "" : Order.Name(),
                AccountOrders.Names.Select((name, i) => (i == 0 ? "" : name, OrderName(reader, (AccountOrder)i))))}
            <button type="submit">{reader.Say("Show")}</button>
            </div>
            <details class="rest {open}"{Html.When(AnyOfTheRest, $" open")}>
            <summary>{reader.Say("More filters")}</summary>{rest}</details>
            </form>
            """;
    }

    public static string OrderName(Reader reader, AccountOrder order) =>
        order switch
        {
            AccountOrder.Name => reader.Say("Name"),
            AccountOrder.Stake => reader.Say("Most at stake"),
            AccountOrder.Price => reader.Say("Price, highest first"),
            AccountOrder.Renewal => reader.Say("Next renewal"),
            AccountOrder.Health => reader.Say("Health, lowest first"),
            AccountOrder.Seen => reader.Say("Last seen, longest ago"),
            _ => reader.Say("Worst level first"),
        };

    private static IEnumerable<(string, string)> RiskChoices(Reader reader)
    {
        string flagged = string.Join(',', AccountQuery.FlaggedLevels.Select(level => level.Name()));
        yield return (flagged, reader.Say("All flagged"));
        foreach (var level in AccountQuery.FlaggedLevels.Append(RiskLevel.Healthy))
            yield return (level.Name(), Levels.Name(reader, level));
    }

    /// <summary>
    /// The choices there are, and the one that was made, spelled as in the address, even when it is none of them any more.
    /// </summary>
    private static IEnumerable<(string, string)> Named(IReadOnlyList<string> values, string? chosen)
    {
        bool known = chosen is null || values.Contains(chosen, StringComparer.Ordinal);
        return values.Select(value => (value, value)).Concat(known ? [] : [(chosen!, chosen!)]);
    }
}

/// <summary>What there is to choose from.</summary>
internal sealed record FilterChoices(IReadOnlyList<string> Plans, IReadOnlyList<string> Csms, IReadOnlyList<string> Stages)
{
    public static async Task<FilterChoices> ReadAsync(AccountFacets facets, CancellationToken cancellationToken) =>
        new(
            await facets.ReadAsync(AccountFacets.Plan, cancellationToken),
            await facets.ReadAsync(AccountFacets.Csm, cancellationToken),
            await facets.ReadAsync(AccountFacets.Stage, cancellationToken)
        );
}
