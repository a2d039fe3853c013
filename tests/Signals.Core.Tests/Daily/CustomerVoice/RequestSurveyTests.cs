using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Model;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.CustomerVoice;

public sealed class RequestSurveyTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithChurn();

    [Fact]
    public void Alike_requests_are_one_with_the_accounts_and_the_money_behind_it_most_money_first()
    {
        var requests = Measure(
            Account(1, "100").Wrote("Please add an export of reports to a spreadsheet.", 8),
            Account(2, "50").Wrote("We would like an export of reports.", 7, daysAgo: 3),
            Account(2, "50").Wrote("Please add an export of reports!", 7, daysAgo: 2),
            Account(3, "300").Wrote("Could you add a calendar for campaigns?", 8),
            Account(4, "900").Wrote("The import is slow.", 3)
        );

        Assert.Equal([(1, 300.0), (2, 150.0)], requests.Select(request => (request.Accounts, request.Price)));
        Assert.Equal(["account-1", "account-2"], requests[1].Voices.Select(voice => voice.Account));
    }

    [Fact]
    public void Its_key_stays_when_others_ask_later_and_whatever_order_accounts_come_in()
    {
        MeasuredAccount[] accounts =
        [
            Account(1, "100").Wrote("Please add an export of reports to a spreadsheet.", 8, daysAgo: 20),
            Account(2, "50").Wrote("We would like an export of reports.", 7, daysAgo: 3),
        ];

        string first = Measure(accounts[0])[0].Key;

        Assert.Equal(first, Assert.Single(Measure(accounts)).Key);
        Assert.Equal(first, Assert.Single(Measure([.. accounts.Reverse()])).Key);
    }

    [Fact]
    public void Requests_that_a_person_puts_together_count_an_account_once_and_a_circle_ends()
    {
        var requests = Measure(
            Account(1, "100").Wrote("Please add an export of reports.", 8),
            Account(1, "100").Wrote("Merci d’ajouter un tableau des rapports vers un tableur.", 8, daysAgo: 2),
            Account(2, "50").Wrote("Could you add a calendar for campaigns?", 8)
        );
        Assert.Equal(3, requests.Count);
        var into = requests.ToDictionary(
            request => request.Key,
            request => new RequestDecision(request.Key, requests.First(other => other.Key != request.Key).Key, null, "ann", "", default),
            StringComparer.Ordinal
        );

        var merged = RequestBook.Merged(requests, into);

        Assert.Equal(2, merged.Sum(request => request.Accounts));
        Assert.Equal(150, merged.Sum(request => request.Price));
    }

    [Fact]
    public void Who_left_asks_without_money_and_old_requests_are_not_told() =>
        Assert.Equal(
            [(1, 0.0)],
            Measure(
                    Account(1, "100").Wrote("Please add an export of reports.", 8).Did("Subscription Cancelled", 0),
                    Account(2, "50").Wrote("Could you add a calendar for campaigns?", 8, daysAgo: 366)
                )
                .Select(request => (request.Accounts, request.Price))
        );

    private static MeasuredAccount Account(int number, string mrr) => new MeasuredAccount(Model, $"account-{number}").With(Traits.Mrr, mrr);

    private static IReadOnlyList<FeatureRequest> Measure(params MeasuredAccount[] accounts)
    {
        var survey = new RequestSurvey(MeasuredAccount.Today);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey.Measure();
    }
}
