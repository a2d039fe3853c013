using System.Text;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Xunit;

namespace Signals.Testing.Folding;

/// <summary>
/// All accounts of a store as text that two folds of the same events must share: what does not follow from the events (versions, the order
/// of names, wake-ups) is left out.
/// </summary>
public static class StateText
{
    public static async Task<string> OfAsync(FoldApp app, IReadOnlyList<Entity> rows)
    {
        var text = new StringBuilder();
        foreach (
            string partition in rows.Where(row => row.RowKey == AccountRows.AccountRow)
                .Select(row => row.PartitionKey)
                .Order(StringComparer.Ordinal)
        )
        {
            var key = new AccountKey(partition);
            var account = await app.AccountAsync(key);
            if (account.People == 0)
                continue;
            text.AppendLine($"{key} id={account.Id} people={account.People} live={account.FirstLiveAt:O}");
            Write(text, account.Profile);
            foreach (var ticket in account.Tickets.All)
                text.AppendLine($"  ticket {ticket}");
            foreach (var answer in account.Feedback.Answers)
                text.AppendLine($"  feedback {answer}");
            if (key.IsGroup)
                Write(text, account.History, app.Folder.Plan, withPeople: true, withSketches: true);
            IReadOnlyList<PersonState> people = [];
            do
            {
                people = await app.Rows.GetPeopleAsync(
                    key,
                    people.Count == 0 ? null : people[^1].Key.Value,
                    100,
                    TestContext.Current.CancellationToken
                );
                foreach (var person in people)
                    await WriteAsync(text, app, key, person);
            } while (people.Count > 0);
        }
        return text.ToString();
    }

    /// <summary>The lines that only one of two states has, for a failure's message.</summary>
    public static string Difference(string expected, string actual)
    {
        string[] left = expected.Split('\n'),
            right = actual.Split('\n');
        var lines = left.Except(right, StringComparer.Ordinal)
            .Select(line => $"- {line}")
            .Concat(right.Except(left, StringComparer.Ordinal).Select(line => $"+ {line}"));
        return string.Join('\n', lines.Take(20));
    }

    private static async Task WriteAsync(StringBuilder text, FoldApp app, AccountKey account, PersonState person)
    {
        text.AppendLine($" {person.Key} user={person.UserId} anonymous={person.AnonymousId} live={person.FirstLiveAt:O}");
        Write(text, person.Profile);
        Write(text, person.History, app.Folder.Plan, withPeople: false, withSketches: !account.IsGroup);
        if (person.Ids.Spilled)
            await app.Rows.LoadIdsAsync(account, person, Enumerable.Range(0, PersonIds.Chunks), TestContext.Current.CancellationToken);
        text.AppendLine($"  ids {string.Join(' ', person.Ids.All().OrderBy(id => id.Id).Select(id => $"{id.Id:x}@{id.Day}"))}");
    }

    private static void Write(StringBuilder text, Profile profile)
    {
        foreach (var (trait, field) in profile.Fields)
            text.AppendLine($"  {trait}={field.Value} at {field.At:O}");
    }

    private static void Write(StringBuilder text, History history, CollectionPlan plan, bool withPeople, bool withSketches)
    {
        text.AppendLine($"  first={history.First:O} last={history.Last:O}");
        var names = history.Names.OrderBy(total => total.Name, StringComparer.Ordinal).ToList();
        foreach (var total in names)
            text.AppendLine($"  {total.Name} {total.Count} {total.First:O} {total.Last:O} {total.Mentioned}");
        foreach (var bucket in history.Buckets)
        {
            text.Append($"  {Days.Date(bucket.Day):O} slots={bucket.Slots:x} overflow={bucket.Overflow}");
            if (withPeople)
                text.Append($" people={bucket.People}");
            foreach (var total in names.Where(total => bucket.Count(history.NameOf(total.Name)) > 0))
                text.Append($" {total.Name}={bucket.Count(history.NameOf(total.Name))}");
            foreach (string[] sum in plan.SumKeys.Order(StringComparer.Ordinal).Select(key => key.Split('\u001f')))
            {
                if (history.SumOf(sum[0], sum[1]) is >= 0 and var index)
                    text.Append($" {sum[0]}.{sum[1]}={bucket.Sum(index)}");
            }
            if (withSketches)
            {
                foreach (double estimate in (bucket.Sketches?.Values.Select(sketch => sketch.Estimate()) ?? []).Order())
                    text.Append($" distinct={estimate:R}");
            }
            text.AppendLine();
        }
    }
}
