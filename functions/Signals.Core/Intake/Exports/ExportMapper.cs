using System.Buffers.Binary;
using System.Text.Json;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.Exports;

/// <summary>
/// Turns the raw events that other services export into Segment's messages. What they say is kept, what only they know stays away
/// (<c>$browser</c>, device ids' models); nothing is made up: an event without a person or a name becomes a message that is refused with
/// the reason.
/// </summary>
/// <remarks>
/// Some write what is known of a person into every event. That becomes an identify when it differs from what was told before: a hash a
/// person is kept for that, and can be saved (<see cref="Save"/>) where reading is to go on later. Not for several threads at once.
/// </remarks>
public sealed class ExportMapper
{
    private const int EntryBytes = 2 * sizeof(ulong);

    private readonly Dictionary<ulong, ulong> _told = [];

    /// <summary>The property that names the account, where the events of others have none for it; null for none.</summary>
    public string? GroupProperty { get; init; }

    /// <summary>How many objects of each shape there were.</summary>
    public IReadOnlyDictionary<ExportShape, long> Shapes => _shapes;

    private readonly Dictionary<ExportShape, long> _shapes = [];

    /// <summary>The shape of the object that was read last.</summary>
    public ExportShape LastShape { get; private set; } = ExportShape.Unknown;

    /// <summary>
    /// The messages that an object says, in Segment's shape; one that is in it already comes back as it is. Several for objects that hold a
    /// list (<c>results</c>, <c>activities</c>, <c>batch</c>). Throws <see cref="JsonException"/> for what is no JSON.
    /// </summary>
    public MappedExport Map(ReadOnlyMemory<byte> json)
    {
        using var document = ForeignJson.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        var messages = new SegmentMessages();
        string? leftOut = null;
        var whole = new List<byte[]>();
        foreach (var item in ItemsOf(document.RootElement))
        {
            var shape = ExportShapes.Of(item);
            _shapes[shape] = _shapes.GetValueOrDefault(shape) + 1;
            LastShape = shape;
            if (shape is ExportShape.Segment or ExportShape.Unknown)
            {
                whole.Add(JsonSerializer.SerializeToUtf8Bytes(item, ExportJson.Default.JsonElement));
                continue;
            }
            var source = new ExportItem(this, item, messages);
            leftOut ??= shape switch
            {
                ExportShape.PostHog => PostHogExport.Map(source),
                ExportShape.Mixpanel => MixpanelExport.Map(source),
                ExportShape.MixpanelProfile => MixpanelExport.MapProfile(source),
                ExportShape.Amplitude => AmplitudeExport.Map(source),
                ExportShape.CustomerIoActivity => CustomerIoExport.MapActivity(source),
                ExportShape.CustomerIoEntry => CustomerIoExport.MapEntry(source),
                _ => "Customer.io's own messages are no usage",
            };
        }
        return new MappedExport([.. whole, .. messages.Written], leftOut);
    }

    /// <summary>What was told of people, to be given to <see cref="Load"/>; 16 bytes a person.</summary>
    public byte[] Save()
    {
        byte[] saved = new byte[_told.Count * EntryBytes];
        int at = 0;
        foreach (var (person, traits) in _told)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(saved.AsSpan(at), person);
            BinaryPrimitives.WriteUInt64LittleEndian(saved.AsSpan(at + sizeof(ulong)), traits);
            at += EntryBytes;
        }
        return saved;
    }

    /// <summary>Goes on from what was saved.</summary>
    public void Load(ReadOnlySpan<byte> saved)
    {
        _told.Clear();
        for (; saved.Length >= EntryBytes; saved = saved[EntryBytes..])
            _told[BinaryPrimitives.ReadUInt64LittleEndian(saved)] = BinaryPrimitives.ReadUInt64LittleEndian(saved[sizeof(ulong)..]);
    }

    /// <summary>True when that was not told of them last.</summary>
    internal bool IsNews(string person, string said)
    {
        ulong key = MessageHash.Of(person),
            hash = MessageHash.Of(said);
        if (_told.TryGetValue(key, out ulong known) && known == hash)
            return false;
        _told[key] = hash;
        return true;
    }

    private static IEnumerable<JsonElement> ItemsOf(JsonElement root)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root : ListIn(root);
        if (list is not { } items)
        {
            yield return root;
            yield break;
        }
        foreach (var item in items.EnumerateArray())
            yield return item;
    }

    private static JsonElement? ListIn(JsonElement root) =>
        root.Has("type") || root.Has("event")
            ? null
            : ExportLists.Names.Select(name => root.Member(name)).FirstOrDefault(member => member is { ValueKind: JsonValueKind.Array });
}

/// <summary>Where others keep the events of a page or a batch.</summary>
public static class ExportLists
{
    public static readonly IReadOnlyList<string> Names = ["batch", "results", "activities", "events", "data"];
}

/// <summary>What an object says: Segment's messages, and why something was left out, where it was.</summary>
public sealed record MappedExport(IReadOnlyList<byte[]> Messages, string? LeftOut);

/// <summary>An object on its way.</summary>
internal sealed record ExportItem(ExportMapper Mapper, JsonElement Json, SegmentMessages Messages)
{
    /// <summary>The account that a property names, where one was said to.</summary>
    public string? GroupOf(JsonElement? properties) =>
        Mapper.GroupProperty is { } name && properties is { } known ? known.Text(name) : null;

    /// <summary>Says what is known of a person, unless that was said before.</summary>
    public void Tell(string userId, JsonElement? traits, string? id, JsonElement? time)
    {
        if (
            traits is { ValueKind: JsonValueKind.Object } known
            && known.EnumerateObject().Any()
            && Mapper.IsNews(userId, known.GetRawText())
        )
            Messages.Identify(id is null ? null : $"{id}:traits", new Who(userId, null), time, known);
    }

    /// <summary>Says that an id was a person's, unless that was said before.</summary>
    public void Link(string userId, string anonymousId, string? id, JsonElement? time)
    {
        if (Mapper.IsNews($"{anonymousId}\n{userId}", "") && anonymousId != userId)
            Messages.Identify(id is null ? null : $"{id}:person", new Who(userId, anonymousId), time);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class ExportJson : System.Text.Json.Serialization.JsonSerializerContext;
