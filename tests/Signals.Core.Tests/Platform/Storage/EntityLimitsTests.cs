using Signals.Core.Platform.Storage;

namespace Signals.Core.Tests.Platform.Storage;

/// <summary>Sizes by Table Storage's published formula; what is refused is in the contract that every store passes.</summary>
public sealed class EntityLimitsTests
{
    public static TheoryData<object, int> Sizes =>
        new()
        {
            { "abc", (3 * 2) + 4 },
            { new byte[10], 10 + 4 },
            { 1, 4 },
            { 1L, 8 },
            { 1d, 8 },
            { true, 1 },
            { DateTimeOffset.UnixEpoch, 8 },
            { Guid.Empty, 16 },
        };

    [Theory]
    [MemberData(nameof(Sizes), DisableDiscoveryEnumeration = true)]
    public void An_entity_is_as_large_as_its_keys_names_and_values(object value, int bytes)
    {
        var entity = new Entity("pk", "row") { ["Name"] = value };

        Assert.Equal(4 + ((2 + 3) * 2) + 8 + (4 * 2) + bytes, EntityLimits.SizeOf(entity));
    }

    [Fact]
    public void A_refusal_names_the_row_the_column_the_limit_and_what_was_found()
    {
        var entity = new Entity("pk", "row") { ["Photo"] = new byte[EntityLimits.MaxPropertyBytes + 1] };

        var error = Assert.Throws<EntityLimitException>(() =>
            EntityLimits.CheckTransaction("Table", "pk", [EntityOperation.Upsert(entity)])
        );

        Assert.Equal("A binary column has at most 65536 bytes; 'Photo' of row 'row' has 65537.", error.Message);
    }

    [Fact]
    public void Deletes_count_as_operations_and_not_as_bytes()
    {
        EntityOperation[] operations = [.. Enumerable.Range(0, EntityLimits.MaxOperations).Select(i => EntityOperation.Delete($"row{i}"))];

        EntityLimits.CheckTransaction("Table", "pk", operations);
        Assert.Throws<EntityLimitException>(() =>
            EntityLimits.CheckTransaction("Table", "pk", [.. operations, EntityOperation.Delete("one-more")])
        );
    }

    [Fact]
    public void Text_that_travels_escaped_counts_as_long_as_it_travels()
    {
        EntityOperation[] Rows(int count, char letter) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i =>
                        EntityOperation.Upsert(new Entity("pk", $"row{i}") { ["Text"] = new string(letter, EntityLimits.MaxStringChars) })
                    ),
            ];

        EntityLimits.CheckTransaction("Table", "pk", Rows(100, 'a'));
        EntityLimits.CheckTransaction("Table", "pk", Rows(16, '"'));
        Assert.Throws<EntityLimitException>(() => EntityLimits.CheckTransaction("Table", "pk", Rows(22, '"')));
    }

    [Fact]
    public void A_write_without_its_entity_is_refused() =>
        Assert.Throws<EntityLimitException>(() =>
            EntityLimits.CheckTransaction("Table", "pk", [new EntityOperation(EntityOperationKind.Upsert, "row", null, "*")])
        );
}
