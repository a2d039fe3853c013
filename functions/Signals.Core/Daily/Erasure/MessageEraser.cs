using System.Text.Json;
using System.Text.Json.Nodes;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;

namespace Signals.Core.Daily.Erasure;

/// <summary>Takes people out of what was written to them and to others about them.</summary>
public sealed class MessageEraser(OutreachRows outreach, IKeptMail mails, ErasedRows erased, Silence silence)
{
    /// <summary>Removes what was written to somebody who goes, and takes them out of what was written to others.</summary>
    internal async Task EraseAsync(Entity row, StoredOutreach stored, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        var record = stored.Record;
        if (
            subjects.OfPerson(record.Person) is { } person
            || (
                record.Kind == OutreachKind.Message
                // Whoever shares an address with somebody silent keeps what was written to them.
                && subjects.OfWord(record.To) is { SilentSince: null } recipient
                && (person = recipient) is not null
            )
        )
        {
            await RemoveAsync(stored, person, cancellationToken);
            return;
        }
        string? place = record.Kind is OutreachKind.Digest or OutreachKind.Report ? ErasureSubjects.AnyPlace : row.PartitionKey;
        byte[] json = BlobColumns.Read(row, "record");
        var (rest, found) = JsonEraser.Erase(json, subjects, place);
        if (rest is null)
            return;
        // What was made of it goes with it: it may say the same in another form.
        await mails.RemoveAsync(record.Id, cancellationToken);
        var left = JsonEraser.Parse(rest)!.AsObject();
        left.Remove("message");
        await erased.ReplaceAsync(
            AccountRows.Table,
            row,
            "record",
            JsonSerializer.SerializeToUtf8Bytes<JsonNode>(left),
            found,
            cancellationToken
        );
    }

    /// <summary>Removes a message and what was made of it.</summary>
    internal async Task RemoveAsync(StoredOutreach stored, ErasureSubject subject, CancellationToken cancellationToken)
    {
        if (await silence.IsBrokenAsync(subject, cancellationToken))
            return;
        await mails.RemoveAsync(stored.Record.Id, cancellationToken);
        if (await outreach.RemoveAsync(stored, cancellationToken))
            subject.Removed++;
        else
            subject.Problem = "a message was changed meanwhile";
    }
}
