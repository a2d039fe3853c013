using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signals.Core.Daily.Activation;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Revenue;

namespace Signals.Core.Tests.Daily.Measures;

/// <summary>
/// A measure that an earlier version stored is read by this one until the next pass: what it does not hold yet is empty, and never null where
/// pages expect something.
/// </summary>
public sealed class StoredBeforeTests
{
    [Theory]
    [InlineData(typeof(ProductMeasures))]
    [InlineData(typeof(SegmentMeasures))]
    [InlineData(typeof(OwnSegmentMeasures))]
    [InlineData(typeof(RevenueMeasures))]
    [InlineData(typeof(UseMeasures))]
    public void What_was_not_stored_yet_is_empty(Type type)
    {
        var read = JsonSerializer.Deserialize(Least(type).ToJsonString(), type, MeasureJson.Default);

        Assert.NotNull(read);
        Assert.Empty(MissingIn(read, type));
    }

    /// <summary>What a property says cannot be null, and is.</summary>
    private static IEnumerable<string> MissingIn(object read, Type type)
    {
        var nullability = new NullabilityInfoContext();
        return type.GetProperties()
            .Where(property => property.CanWrite && !property.PropertyType.IsValueType)
            .Where(property => nullability.Create(property).ReadState == NullabilityState.NotNull && property.GetValue(read) is null)
            .Select(property => $"{type.Name}.{property.Name}");
    }

    /// <summary>The smallest JSON of a type: what is required, and what its constructor asks for.</summary>
    private static JsonNode Least(Type type)
    {
        if (type == typeof(string))
            return "";
        if (type == typeof(bool))
            return false;
        if (type == typeof(DateOnly))
            return "2026-06-30";
        if (type == typeof(DateTimeOffset))
            return "2026-06-30T00:00:00+00:00";
        if (type.IsEnum)
            return Enum.GetNames(type)[0];
        if (type.IsPrimitive)
            return 0;
        if (type.IsAssignableTo(typeof(IEnumerable)))
            return type.Name.Contains("Dictionary", StringComparison.Ordinal) ? new JsonObject() : new JsonArray();
        var asked = type.GetConstructors()
            .OrderByDescending(constructor => constructor.GetParameters().Length)
            .First()
            .GetParameters()
            .Select(parameter => (Name: parameter.Name!, Type: parameter.ParameterType));
        var required = type.GetProperties()
            .Where(property => property.IsDefined(typeof(RequiredMemberAttribute)))
            .Select(property => (property.Name, Type: property.PropertyType));
        var least = new JsonObject();
        foreach (var (name, of) in asked.Concat(required).Where(part => Nullable.GetUnderlyingType(part.Type) is null))
            least[JsonNamingPolicy.CamelCase.ConvertName(name)] = Least(of);
        return least;
    }
}
