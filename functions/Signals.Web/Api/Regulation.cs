using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Erasure;
using Signals.Core.Platform.Serialization;

namespace Signals.Web.Api;

/// <summary>
/// A deletion request as Segment's APIs take it: the Public API's <c>regulationType</c>, <c>subjectType</c> and <c>subjectIds</c>, or the
/// Config API's <c>regulation_type</c> and <c>attributes</c> with a name and values.
/// </summary>
internal sealed record Regulation(string Type, bool Lifts, ErasureWish Wish)
{
    private const string Expected =
        "an object with regulationType (SUPPRESS_WITH_DELETE, DELETE_ONLY, UNSUPPRESS, ...), subjectType USER_ID and subjectIds, or with "
        + "regulation_type and attributes { name, values }";

    /// <summary>Types that delete. Without a suppression of their own they suppress too: what is deleted here does not come back.</summary>
    private static readonly HashSet<string> Deleting =
    [
        "SUPPRESSWITHDELETE",
        "SUPPRESSWITHDELETEINTERNAL",
        "SUPPRESSANDDELETE",
        "DELETE",
        "DELETEONLY",
        "DELETEINTERNAL",
    ];

    /// <summary>Throws <see cref="ApiRefusal"/>.</summary>
    public static Regulation Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = ForeignJson.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw ApiRefusal.BadParameter("the body", "something else", Expected);
        }
    }

    private static Regulation Read(JsonElement root)
    {
        string type =
            Text(root, "regulationType") ?? Text(root, "regulation_type") ?? throw ApiRefusal.BadParameter("regulationType", "", Expected);
        string kind = type.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        bool lifts = kind == "UNSUPPRESS";
        if (!lifts && !Deleting.Contains(kind))
            throw ApiRefusal.BadParameter(
                "regulationType",
                type,
                "one that deletes (SUPPRESS_WITH_DELETE, DELETE_ONLY) or UNSUPPRESS: who is suppressed here is erased too"
            );
        var (subject, ids) = root.TryGetProperty("attributes", out var attributes) ? OfAttributes(attributes) : OfSubjects(root);
        var wish = subject.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "USERID" => new ErasureWish { UserIds = ids },
            "ANONYMOUSID" => new ErasureWish { AnonymousIds = ids },
            "EMAIL" => new ErasureWish { Addresses = ids },
            _ => throw ApiRefusal.BadParameter("subjectType", subject, "USER_ID, ANONYMOUS_ID or EMAIL"),
        };
        try
        {
            return new Regulation(type, lifts, ErasureFile.Checked(wish));
        }
        catch (ErasureFileException fault)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    private static (string Subject, List<string> Ids) OfSubjects(JsonElement root) =>
        (Text(root, "subjectType") ?? "USER_ID", root.TryGetProperty("subjectIds", out var ids) ? Texts(ids) : []);

    /// <summary>One pair of a name and values, or an array with one.</summary>
    private static (string Subject, List<string> Ids) OfAttributes(JsonElement attributes)
    {
        if (attributes.ValueKind == JsonValueKind.Array && attributes.GetArrayLength() == 1)
            attributes = attributes[0];
        return (Text(attributes, "name") ?? "", attributes.TryGetProperty("values", out var values) ? Texts(values) : []);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Texts(JsonElement list) =>
        [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())];
}

internal sealed record RegulationView(string RegulateId, string RegulateType, string OverallStatus);

/// <summary>What both of Segment's APIs answer: <c>data.regulateId</c>, and before that <c>regulate_id</c> at the top.</summary>
internal sealed record RegulationAnswer(
    RegulationView Data,
    [property: System.Text.Json.Serialization.JsonPropertyName("regulate_id")] string RegulateId
);
