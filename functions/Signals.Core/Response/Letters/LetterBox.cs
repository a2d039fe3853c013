using System.Text.Json;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;

namespace Signals.Core.Response.Letters;

/// <summary>
/// Letters that wait until their writer can no longer take them back: table system, partition <c>letters</c>, row
/// <c>{time}:{id}:{account}</c>. The sweep sends them. A letter whose fate is unknown is not sent again, unless it cannot arrive twice.
/// </summary>
public sealed partial class LetterBox(IEntityStore store, LetterPost post, TimeProvider clock, ILogger<LetterBox> logger)
{
    public const string Partition = "letters";

    /// <summary>So long letters wait: some seconds longer than what they tell of can be undone, so that none leaves meanwhile.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(25);

    private const string Column = "letter";
    private const string ClaimedColumn = "claimedAt";
    private const string TriesColumn = "tries";
    private const int AtOnce = 50;
    private const int MaxTries = 6;

    private static readonly TimeSpan ClaimLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

    /// <summary>Puts a letter in; returns the key to take it back by.</summary>
    public async Task<string> PutAsync(TeamLetter letter, CancellationToken cancellationToken)
    {
        string key = $"{StorageKey.Time(clock.GetUtcNow() + Wait)}:{LetterPost.NewId()}:{letter.Account}";
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Insert(Row(key, letter))], cancellationToken);
        return key;
    }

    /// <summary>Takes letters back that have not left; those that have are passed over.</summary>
    public async Task TakeBackAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (string key in keys)
        {
            var row = await store.GetAsync(PipelineCounters.Table, Partition, key, cancellationToken);
            if (row is not null && row.GetTime(ClaimedColumn) is null)
                await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Delete(key, row.ETag)], cancellationToken);
        }
    }

    /// <summary>Sends what is due; returns how many left. One that cannot be sent keeps no other from leaving.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await store.ReadFirstAsync(
            new EntityQuery(PipelineCounters.Table, Partition, To: StorageKey.Time(now.AddMilliseconds(1))),
            AtOnce,
            cancellationToken
        );
        int sent = 0;
        foreach (var row in due)
        {
            try
            {
                sent += await SendAsync(row, now, cancellationToken) ? 1 : 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFault(logger, fault, row.RowKey);
            }
        }
        return sent;
    }

    private async Task<bool> SendAsync(Entity row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (row.GetTime(ClaimedColumn) is { } claimed)
        {
            if (now - claimed < ClaimLife)
                return false;
            if (!post.IsIdempotent)
            {
                LogUnknown(logger, row.RowKey);
                await RemoveAsync(row.RowKey, row.ETag, cancellationToken);
                return false;
            }
        }
        if (Read(row) is not { } letter)
        {
            await RemoveAsync(row.RowKey, row.ETag, cancellationToken);
            return false;
        }
        int tries = (row.GetInt32(TriesColumn) ?? 0) + 1;
        var claim = Row(row.RowKey, letter);
        claim[ClaimedColumn] = now;
        claim[TriesColumn] = tries;
        var result = await store.CommitAsync(
            PipelineCounters.Table,
            Partition,
            [EntityOperation.Replace(claim, row.ETag)],
            cancellationToken
        );
        if (!result.Committed)
            return false;
        var outcome = await post.SendAsync(IdOf(row.RowKey), letter, cancellationToken);
        bool mayGoAgain = outcome.Status == SendStatus.Transient || (outcome.Status == SendStatus.Unknown && post.IsIdempotent);
        if (mayGoAgain && tries < MaxTries)
        {
            var later = Row($"{StorageKey.Time(now + (outcome.RetryAfter ?? Rest * tries))}:{IdOf(row.RowKey)}:{letter.Account}", letter);
            later[TriesColumn] = tries;
            await store.CommitAsync(
                PipelineCounters.Table,
                Partition,
                [EntityOperation.Upsert(later), EntityOperation.Delete(row.RowKey)],
                cancellationToken
            );
            return false;
        }
        if (outcome.Status != SendStatus.Accepted)
            LogNotSent(logger, row.RowKey, outcome.Status, outcome.Detail ?? "");
        await RemoveAsync(row.RowKey, EntityOperation.AnyETag, cancellationToken);
        return outcome.Status == SendStatus.Accepted;
    }

    private async Task RemoveAsync(string key, string etag, CancellationToken cancellationToken) =>
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Delete(key, etag)], cancellationToken);

    private static string IdOf(string key) => key.Split(':')[1];

    private static TeamLetter? Read(Entity row)
    {
        try
        {
            return JsonSerializer.Deserialize(BlobColumns.Read(row, Column), LetterJson.Default.TeamLetter);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Entity Row(string key, TeamLetter letter)
    {
        var row = new Entity(Partition, key);
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(letter, LetterJson.Default.TeamLetter));
        return row;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Letter {Key} may or may not have left before this process ended; it is dropped.")]
    private static partial void LogUnknown(ILogger logger, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Letter {Key} could not be sent; the next sweep tries again.")]
    private static partial void LogFault(ILogger logger, Exception fault, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Letter {Key} was not sent: {Status} {Detail}")]
    private static partial void LogNotSent(ILogger logger, string key, SendStatus status, string detail);
}
