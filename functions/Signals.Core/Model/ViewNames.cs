namespace Signals.Core.Model;

/// <summary>The names under which views of pages and screens are counted; they never are value.</summary>
public static class ViewNames
{
    public const string Page = "$page";
    public const string Screen = "$screen";
}
