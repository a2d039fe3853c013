namespace Signals.Core.Platform.Storage;

/// <summary>One write of a transaction.</summary>
public sealed record EntityOperation(EntityOperationKind Kind, string RowKey, Entity? Entity, string ETag)
{
    /// <summary>Matches whatever version is stored.</summary>
    public const string AnyETag = "*";

    /// <summary>Fails with <see cref="CommitStatus.AlreadyExists"/> when the row exists.</summary>
    public static EntityOperation Insert(Entity entity) => new(EntityOperationKind.Insert, entity.RowKey, entity, "");

    /// <summary>Replaces all columns when the stored ETag is <paramref name="etag"/> (the entity's own by default).</summary>
    public static EntityOperation Replace(Entity entity, string? etag = null) =>
        new(EntityOperationKind.Replace, entity.RowKey, entity, etag ?? entity.ETag);

    /// <summary>Inserts the row or replaces all its columns, whatever its version.</summary>
    public static EntityOperation Upsert(Entity entity) => new(EntityOperationKind.Upsert, entity.RowKey, entity, AnyETag);

    /// <summary>Deletes the row; fails with <see cref="CommitStatus.NotFound"/> when there is none.</summary>
    public static EntityOperation Delete(string rowKey, string etag = AnyETag) => new(EntityOperationKind.Delete, rowKey, null, etag);
}

public enum EntityOperationKind
{
    Insert,
    Replace,
    Upsert,
    Delete,
}
