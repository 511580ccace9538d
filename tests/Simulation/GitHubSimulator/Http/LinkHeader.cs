using System.Globalization;

namespace GitHubSimulator.Http;

/// <summary>The <c>Link</c> header of a page, in GitHub's order: prev, next, last, first.</summary>
internal static class LinkHeader
{
    /// <summary>The header, or null where there is but one page.</summary>
    /// <param name="address">The feed's address by id, without a query.</param>
    /// <param name="query">Of the request; everything but the page stays as it was sent.</param>
    public static string? Of(string address, string query, PageRequest page, int lastPage)
    {
        var links = new List<string>();
        if (page.Number > 1)
            Add(Math.Min(page.Number - 1, lastPage), "prev");
        if (page.Number < lastPage)
        {
            Add(page.Number + 1, "next");
            Add(lastPage, "last");
        }

        if (page.Number > 1)
            Add(1, "first");
        return links.Count == 0 ? null : string.Join(", ", links);

        void Add(int number, string relation) => links.Add($"<{address}?{WithPage(query, number)}>; rel=\"{relation}\"");
    }

    private static string WithPage(string query, int number)
    {
        var page = "page=" + number.ToString(CultureInfo.InvariantCulture);
        var parts = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).ToList();
        var index = parts.FindIndex(part => part.StartsWith("page=", StringComparison.Ordinal));
        if (index < 0)
            parts.Add(page);
        else
            parts[index] = page;
        return string.Join('&', parts);
    }
}
