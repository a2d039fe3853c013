using Microsoft.AspNetCore.Http;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.ValueReports;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.ValueReports;

/// <summary>Makes a value report of an account as it is now: its row, and no more people than are counted.</summary>
internal sealed class ValueReportReader(IEntityStore store, AccountFinder finder, AccountReader accounts, ValueModel model)
{
    private readonly AccountRows _rows = new(store);

    /// <param name="id">The account's id.</param>
    /// <param name="quarter">Null for the one that a meeting today is about.</param>
    /// <param name="language">Null for the customer's own.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ApiRefusal">There is no such account, or nothing is known of it in that quarter.</exception>
    public async Task<ReportDraft> ReadAsync(string id, Quarter? quarter, string? language, CancellationToken cancellationToken)
    {
        var account = await finder.GetAsync(id, cancellationToken);
        var (context, _) = await accounts.ContextAsync(account, 1, cancellationToken);
        var people = await _rows.GetPeopleAsync(
            account.Key,
            AccountReader.BeforeUsers,
            ValueReportBuilder.MostPeople + 1,
            cancellationToken
        );
        var quarters = Quarter.ToTell(context.Today, context.Usage.FirstDay ?? context.Today);
        if (quarters.Count == 0)
            throw new ApiRefusal(StatusCodes.Status404NotFound, "There is no whole day of this customer's to report of yet.");
        if (quarter is { } asked && !quarters.Contains(asked))
            throw ApiRefusal.BadParameter(ValueReportPage.QuarterField, asked.ToString(), string.Join(", ", quarters));
        var meeting = Quarter.ForMeetingOn(context.Today);
        var told = quarter ?? (quarters.Contains(meeting) ? meeting : quarters[0]);
        string spoken = language ?? LanguageOf(people);
        var report = ValueReportBuilder.Build(context, people.Count > ValueReportBuilder.MostPeople ? null : people, told, spoken);
        return new ReportDraft(account, context, told, quarters, report);
    }

    /// <summary>The languages that a report can be told in: those that the team reads, for all its words are there.</summary>
    public static IReadOnlyList<string> Languages => MessageLanguages.OfTeam;

    /// <summary>What most of its people speak; the model's first language where nobody says.</summary>
    private string LanguageOf(IReadOnlyList<PersonState> people)
    {
        string? most = people
            .Select(person => person.Profile[Traits.Locale] ?? person.Profile[Traits.DeviceLocale])
            .OfType<string>()
            .Select(MessageLanguages.Of)
            .Where(code => Languages.Contains(code, StringComparer.Ordinal))
            .GroupBy(code => code, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Key;
        return most ?? (Languages.Contains(model.TeamLocale, StringComparer.Ordinal) ? model.TeamLocale : Language.English.Code);
    }
}

/// <summary>A value report as it would be approved now.</summary>
/// <remarks><c>Quarters</c> are all that can be told of, the newest first.</remarks>
internal sealed record ReportDraft(
    AccountState Account,
    AccountContext Context,
    Quarter Quarter,
    IReadOnlyList<Quarter> Quarters,
    ValueReport Report
)
{
    /// <summary>Changes with any word or number of it.</summary>
    public string Fingerprint => Report.Fingerprint();

    public AccountKey Key => Account.Key;
}
