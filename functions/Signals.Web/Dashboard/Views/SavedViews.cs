using System.Security.Cryptography;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Dashboard.Views;

/// <summary>
/// Saved views: table system, partitions <c>views:shared</c> and <c>views:{user}</c>, a row a view, at most <see cref="MaxViews"/> in each.
/// Opening one reads what its page reads and no more.
/// </summary>
internal sealed class SavedViews(IEntityStore store)
{
    public const string PartitionPrefix = "views:";

    public const int MaxViews = 40;

    private const string Shared = PartitionPrefix + "shared";
    private const int IdChars = 16;

    /// <summary>Everybody's and the reader's own: pinned ones first, then by name.</summary>
    public async Task<IReadOnlyList<SavedView>> ListAsync(Reader reader, CancellationToken cancellationToken)
    {
        var views = new List<SavedView>(await ReadAsync(Shared, cancellationToken));
        if (reader.User is { } user)
            views.AddRange(await ReadAsync(PartitionPrefix + user.Id, cancellationToken));
        return [.. views.OrderByDescending(view => view.IsPinned).ThenBy(view => view.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Adds a view; false where there are too many.</summary>
    public async Task<bool> AddAsync(
        Reader reader,
        string name,
        string query,
        bool shared,
        bool pinned,
        CancellationToken cancellationToken
    )
    {
        string partition = shared || reader.User is null ? Shared : PartitionPrefix + reader.User.Id;
        if ((await ReadAsync(partition, cancellationToken)).Count >= MaxViews)
            return false;
        var row = new Entity(partition, RandomNumberGenerator.GetHexString(IdChars, lowercase: true))
        {
            ["name"] = name,
            ["query"] = query,
            ["pinned"] = pinned,
            ["by"] = reader.Name,
        };
        await store.CommitAsync(PipelineCounters.Table, partition, [EntityOperation.Insert(row)], cancellationToken);
        return true;
    }

    /// <summary>Removes a view.</summary>
    public async Task RemoveAsync(Reader reader, SavedView view, CancellationToken cancellationToken) =>
        await store.CommitAsync(PipelineCounters.Table, PartitionOf(reader, view), [EntityOperation.Delete(view.Id)], cancellationToken);

    /// <summary>Pins a view, or takes its pin.</summary>
    public async Task PinAsync(Reader reader, SavedView view, bool pinned, CancellationToken cancellationToken)
    {
        string partition = PartitionOf(reader, view);
        if (await store.GetAsync(PipelineCounters.Table, partition, view.Id, cancellationToken) is not { } row)
            return;
        row["pinned"] = pinned;
        await store.CommitAsync(PipelineCounters.Table, partition, [EntityOperation.Replace(row)], cancellationToken);
    }

    private async Task<List<SavedView>> ReadAsync(string partition, CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(new EntityQuery(PipelineCounters.Table, partition), MaxViews, cancellationToken);
        return rows.ConvertAll(row => new SavedView(
            row.RowKey,
            row.GetString("name") ?? "",
            row.GetString("query") ?? "",
            partition == Shared,
            row.GetBoolean("pinned") ?? false,
            row.GetString("by") ?? ""
        ));
    }

    private static string PartitionOf(Reader reader, SavedView view) =>
        view.IsShared ? Shared : PartitionPrefix + (reader.User?.Id ?? "nobody");
}
