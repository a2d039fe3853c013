using Signals.Backtesting.Inference;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Local.Storage;

namespace Signals.Local.Infer;

/// <summary>
/// Surveys the last weeks of a data folder, while its app may run: names, people and days are kept of everything that came, properties only
/// of what the app's model asks for.
/// </summary>
internal static class FolderSurvey
{
    private const string ReadAccounts =
        "SELECT partition_key, row_key, columns FROM entity WHERE table_name = ?1 ORDER BY partition_key, row_key";

    /// <summary>Throws <see cref="DataFileException"/> where there is no such folder or its file cannot be read.</summary>
    public static EventSurvey Read(string dataFolder, CancellationToken cancellationToken)
    {
        string file = Path.Combine(dataFolder, SqliteDatabase.FileName);
        if (!File.Exists(file))
            throw new DataFileException(file, "no such file", "the data folder of an app that has taken events");
        var survey = new EventSurvey { HasProperties = false };
        using var session = new SqliteSession(file, readOnly: true);
        AccountState? account = null;
        var statement = session.Statement(ReadAccounts).Bind(1, AccountRows.Table);
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = new Entity(OrdinalKey.Decode(statement.Blob(0)), OrdinalKey.Decode(statement.Blob(1)))
            {
                Properties = EntityCodec.Decode(statement.Blob(2)),
            };
            if (AccountRows.AccountOf(row) is { } found)
                Add(survey, account = found);
            else if (AccountRows.PersonOf(row) is { } person)
                Add(survey, person, account?.Key.Value == row.PartitionKey ? account : null);
        }
        return survey;
    }

    private static void Add(EventSurvey survey, AccountState account)
    {
        foreach (var (trait, field) in account.Profile.Fields.Where(field => !field.Key.StartsWith('~')))
        {
            if (field.Value is { } value)
                survey.AddTrait(account.Key.IsGroup, trait, value);
        }
    }

    private static void Add(EventSurvey survey, Core.State.People.PersonState person, AccountState? account)
    {
        string id = person.UserId ?? "~" + (person.AnonymousId ?? person.Key.Value);
        string? group = account is { Key.IsGroup: true } ? account.Id : null;
        var history = person.History;
        foreach (var name in history.Names)
        {
            int index = history.NameOf(name.Name);
            int days = history.Buckets.Count(bucket => bucket.Count(index) > 0);
            survey.AddKept(id, group, name.Name, name.Count, Math.Max(1, days), name.First, name.Last);
        }
        foreach (var (trait, field) in person.Profile.Fields.Where(field => !field.Key.StartsWith('~')))
        {
            if (field.Value is { } value)
                survey.AddTrait(ofAccount: false, trait, value);
        }
        if ((account?.Profile["plan"] ?? person.Profile["plan"]) is { } plan)
            survey.NotePlan(id, plan);
    }
}
