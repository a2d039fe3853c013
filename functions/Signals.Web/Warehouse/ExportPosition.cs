using System.Globalization;
using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Storage;
using Signals.Web.Api;

namespace Signals.Web.Warehouse;

/// <summary>
/// How far a loader is. A sweep goes through the whole of a table and gives what changed since the sweep before it began; when it is over
/// the next begins, and goes by the same cursor.
/// </summary>
/// <param name="Table">The table that is exported.</param>
/// <param name="Since">What changed before is known to the loader.</param>
/// <param name="Began">When the sweep began.</param>
/// <param name="After">The last list row that is done; null at the beginning.</param>
/// <param name="Inside">Where people are exported: the account under way after it, and the last of its people; else null.</param>
internal sealed record ExportPosition(
    string Table,
    DateTimeOffset Since,
    DateTimeOffset Began,
    string? After = null,
    (string Account, string Person)? Inside = null
)
{
    /// <summary>
    /// What is written while a sweep goes by may say an earlier time than it is seen at: what changed up to so long before a sweep began is
    /// given by the next one too.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    public static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The beginning of a load of everything.</summary>
    public static ExportPosition First(string table, DateTimeOffset now) => new(table, Beginning, now);

    /// <summary>The sweep after this one; it begins when the loader comes for it.</summary>
    public ExportPosition Next => new(Table, Began - Overlap, Began);

    /// <summary>What a cursor says; null where the request has none. Throws <see cref="ApiRefusal"/>.</summary>
    public static ExportPosition? Read(HttpRequest request, string table, DateTimeOffset now)
    {
        if (Cursor.Export.Read(request) is not { } key)
            return null;
        string[] parts = key.Split('|');
        if (parts[0] != table)
            throw ApiRefusal.BadParameter("cursor", $"one of {parts[0]}", $"one of {table}");
        return TimeOf(parts[1]) is { } since && TimeOf(parts[2]) is { } began
            ? new ExportPosition(
                table,
                since,
                parts.Length == 5 && parts[3].Length == 0 ? now : began,
                parts[3].Length == 0 ? null : parts[3],
                parts.Length == 6 ? (parts[4], parts[5]) : null
            )
            : throw ApiRefusal.BadParameter("cursor", $"{parts[1]} and {parts[2]}", "moments that there are");
    }

    public string Write() =>
        Cursor.Export.Write(
            $"{Table}|{StorageKey.Time(Since)}|{StorageKey.Time(Began)}|{After}|"
                + (Inside is var (account, person) ? $"{account}|{person}" : "")
        );

    private static DateTimeOffset? TimeOf(string digits) =>
        DateTimeOffset.TryParseExact(
            digits,
            "yyyyMMddHHmmssfff",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment
        )
        && moment >= Beginning
            ? moment
            : null;
}
